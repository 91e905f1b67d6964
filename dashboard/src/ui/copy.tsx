import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { Button } from "./button.tsx";

/** Puts a text on the clipboard and says that it did. */
export function CopyButton({ text, label = "Copy" }: { readonly text: string; readonly label?: string }) {
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), 1_500);
  };
  const Icon = isCopied ? Check : Copy;
  return (
    <Button isSmall weight="quiet" onClick={() => void copy()}>
      <Icon className="size-3.5" aria-hidden />
      <span aria-live="polite">{isCopied ? "Copied" : label}</span>
    </Button>
  );
}

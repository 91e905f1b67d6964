import { useState } from "react";
import { Refusal } from "../api/call.ts";
import { currentMode } from "../api/mode.ts";
import { Button } from "./button.tsx";
import { tellFault } from "./toast.ts";

/** Fetches a file of the API in the person's mode (a plain link could not say which) and hands it to the browser. */
export function DownloadButton({
  path,
  name,
  children,
}: {
  readonly path: string;
  readonly name: string;
  readonly children: React.ReactNode;
}) {
  const [isBusy, setBusy] = useState(false);
  const fetchFile = async () => {
    setBusy(true);
    try {
      const response = await fetch(path, { headers: { "drafthook-mode": currentMode() } });
      if (!response.ok) throw new Refusal(response.status, await response.json());
      saveFile(name, await response.blob());
    } catch (error) {
      tellFault(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button isBusy={isBusy} onClick={() => void fetchFile()}>
      {children}
    </Button>
  );
}

/** Hands a file to the browser to be kept. */
export function saveFile(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

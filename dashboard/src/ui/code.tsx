import { highlight } from "sugar-high";
import { CopyButton } from "./copy.tsx";
import { indentJson } from "./indent-json.ts";

interface CodeProps {
  readonly label: string;
  readonly text: string;
  /** `json` gets a line for each entry and is coloured; everything else is shown as it came. */
  readonly language?: "json" | "text";
}

/** Bytes as a person reads them, to be copied as they were. */
export function Code({ label, text, language = "text" }: CodeProps) {
  const shown = language === "json" ? indentJson(text) : text;
  return (
    <figure className="min-w-0 rounded-lg border border-line bg-raised">
      <figcaption className="flex items-center justify-between gap-2 border-b border-line px-3 py-1 text-xs font-medium text-quiet">
        {label}
        <CopyButton text={text} />
      </figcaption>
      <pre
        tabIndex={0}
        className="code max-h-[32rem] overflow-auto p-3 font-mono text-xs leading-relaxed break-words whitespace-pre-wrap"
      >
        {language === "json" && shown.length < 100_000 ? (
          // biome-ignore lint/security/noDangerouslySetInnerHtml: the highlighter escapes what it is given (test/dashboard/ui/code.test.ts)
          <code dangerouslySetInnerHTML={{ __html: highlight(shown) }} />
        ) : (
          <code>{shown}</code>
        )}
      </pre>
    </figure>
  );
}

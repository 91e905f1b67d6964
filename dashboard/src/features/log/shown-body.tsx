import { Button } from "../../ui/button.tsx";
import { Code } from "../../ui/code.tsx";
import { saveFile } from "../../ui/download.tsx";
import { bytesOf, HEX_BYTES, hexDump } from "./hex-dump.ts";
import { sayBytes } from "./say-entry.ts";

/** So much of a text is shown at once; more makes a page slow, and nobody reads it. */
const SHOWN_CHARACTERS = 100_000;

interface ShownBodyProps {
  readonly text: string;
  /** For the file. */
  readonly name: string;
  readonly isBase64?: boolean;
}

/** A body as it crossed the wire: JSON in order, text as it is, all else as bytes. */
export function ShownBody({ text, name, isBase64 = false }: ShownBodyProps) {
  if (text === "") return <p className="text-sm text-quiet">The body is empty.</p>;
  if (isBase64) {
    const bytes = bytesOf(text);
    return (
      <>
        <Code label={`Body, ${sayBytes(bytes.length)} that are no UTF-8`} text={hexDump(bytes)} />
        <div className="mt-2 flex items-center gap-3 text-xs text-quiet">
          {bytes.length > HEX_BYTES ? `The first ${sayBytes(HEX_BYTES)} are shown.` : null}
          <Button isSmall onClick={() => saveFile(`${name}.bin`, new Blob([bytes]))}>
            Save as a file
          </Button>
        </div>
      </>
    );
  }
  const isLong = text.length > SHOWN_CHARACTERS;
  return (
    <>
      <Code
        label="Body"
        text={isLong ? text.slice(0, SHOWN_CHARACTERS) : text}
        language={isJson(text) ? "json" : "text"}
      />
      {isLong ? (
        <div className="mt-2 flex items-center gap-3 text-xs text-quiet">
          The first {SHOWN_CHARACTERS.toLocaleString("en")} characters are shown.
          <Button isSmall onClick={() => saveFile(`${name}.txt`, new Blob([text]))}>
            Save the whole
          </Button>
        </div>
      ) : null}
    </>
  );
}

/** Headers by their names, folded. */
export function HeaderList({ headers }: { readonly headers: Readonly<Record<string, string>> }) {
  const entries = Object.entries(headers);
  return (
    <details open className="mb-3 rounded-lg border border-line">
      <summary className="px-3 py-1.5 text-xs font-medium text-quiet">
        {entries.length === 1 ? "1 header" : `${entries.length} headers`}
      </summary>
      <dl className="grid gap-x-4 gap-y-1 border-t border-line p-3 font-mono text-xs sm:grid-cols-[minmax(0,2fr)_minmax(0,5fr)]">
        {entries.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="break-words text-quiet">{name}</dt>
            <dd className="mb-1 break-all sm:mb-0">{value}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function isJson(text: string): boolean {
  return /^\s*[[{]/.test(text);
}

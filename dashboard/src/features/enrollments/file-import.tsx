import { FileUp } from "lucide-react";
import { type DragEvent, useMemo, useRef, useState } from "react";
import type { Cadence } from "../../../../core/contract/cadence.ts";
import { Button } from "../../ui/button.tsx";
import { ProblemNote } from "../../ui/notes.tsx";
import { ImportPlan } from "./import-plan.tsx";
import { FILE_BYTES_MAX, readTable, type Table } from "./read-table.ts";

interface FileImportProps {
  readonly cadence: Cadence | undefined;
  readonly onRunning: (isRunning: boolean) => void;
}

type Chosen =
  | { readonly kind: "none" }
  | { readonly kind: "reading"; readonly name: string }
  | { readonly kind: "failed"; readonly error: unknown }
  | { readonly kind: "read"; readonly name: string; readonly table: Table };

/** A file of leads: choose it, say what its columns are, see what will be sent, send it. */
export function FileImport({ cadence, onRunning }: FileImportProps) {
  const [chosen, setChosen] = useState<Chosen>({ kind: "none" });
  const choose = async (file: File | undefined) => {
    if (file === undefined) return;
    setChosen({ kind: "reading", name: file.name });
    try {
      if (file.size > FILE_BYTES_MAX) throw new Error("The file is larger than 50 MB. Cut it into several.");
      const table = await readTable(new Uint8Array(await file.arrayBuffer()));
      setChosen({ kind: "read", name: file.name, table });
    } catch (error) {
      setChosen({ kind: "failed", error });
    }
  };
  // A new file is a new plan, with guesses of its own.
  const key = useMemo(() => (chosen.kind === "read" ? crypto.randomUUID() : ""), [chosen]);
  if (chosen.kind === "read")
    return (
      <ImportPlan
        key={key}
        name={chosen.name}
        table={chosen.table}
        cadence={cadence}
        onRunning={onRunning}
        onOther={() => setChosen({ kind: "none" })}
      />
    );
  return (
    <div className="space-y-4">
      <DropZone isReading={chosen.kind === "reading"} onFile={(file) => void choose(file)} />
      {chosen.kind === "failed" ? <ProblemNote error={chosen.error} /> : null}
      <p className="max-w-2xl text-sm text-quiet">
        The first row names the columns. The file is read here in your browser and stays here; only the leads are sent,
        one by one. Somebody who is enrolled already is left as they are, so the same file can be run again.
      </p>
    </div>
  );
}

function DropZone({
  isReading,
  onFile,
}: {
  readonly isReading: boolean;
  readonly onFile: (file: File | undefined) => void;
}) {
  const [isOver, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    onFile(event.dataTransfer.files[0]);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is one way more; the button does the same
    <div
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      className={`flex flex-col items-center gap-3 rounded-xl border-2 border-dashed px-6 py-14 text-center ${isOver ? "border-accent bg-accent-soft" : "border-strong-line bg-card"}`}
    >
      <FileUp className="size-8 text-quiet" aria-hidden />
      <p className="font-medium">Drop a CSV file here</p>
      <p className="text-sm text-quiet">Commas, semicolons or tabs; up to 100,000 rows.</p>
      <input
        ref={input}
        type="file"
        accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values,text/plain"
        aria-label="A CSV file of leads"
        className="sr-only"
        tabIndex={-1}
        onChange={({ target }) => {
          onFile(target.files?.[0]);
          target.value = "";
        }}
      />
      <Button isBusy={isReading} onClick={() => input.current?.click()}>
        {isReading ? "Reading" : "Choose a file"}
      </Button>
    </div>
  );
}

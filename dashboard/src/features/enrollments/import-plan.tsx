import { useDeferredValue, useMemo, useState } from "react";
import type { Cadence } from "../../../../core/contract/cadence.ts";
import { Button } from "../../ui/button.tsx";
import { CheckField } from "../../ui/field.tsx";
import { Card } from "../../ui/page.tsx";
import { ColumnMapping } from "./column-mapping.tsx";
import { guessColumns, hasHeader, type Target } from "./columns.ts";
import { ImportRun } from "./import-run.tsx";
import { PreviewTable } from "./preview-table.tsx";
import { delimiterWords, type Table } from "./read-table.ts";
import { readRows } from "./row-to-lead.ts";
import { useImport } from "./use-import.ts";

interface ImportPlanProps {
  readonly name: string;
  readonly table: Table;
  readonly cadence: Cadence | undefined;
  readonly onRunning: (isRunning: boolean) => void;
  readonly onOther: () => void;
}

const SAMPLE_ROWS = 50;
const PREVIEW_ROWS = 20;

/** What the columns are, what will be sent, and what is wrong with it; then the run. */
export function ImportPlan({ name, table, cadence, onRunning, onOther }: ImportPlanProps) {
  const [isNamed, setNamed] = useState(() => hasHeader(table.rows[0] ?? []));
  const headers = useMemo(() => headersOf(table, isNamed), [table, isNamed]);
  const rows = useMemo(() => (isNamed ? table.rows.slice(1) : table.rows), [table, isNamed]);
  const [targets, setTargets] = useState(() => guessColumns(headers, table.rows.slice(1, SAMPLE_ROWS)));
  const run = useImport();
  const settled = useDeferredValue(targets);
  const read = useMemo(
    () => readRows(rows, { headers, targets: settled }, isNamed ? 2 : 1),
    [rows, headers, settled, isNamed],
  );
  const good = useMemo(() => read.filter(({ faults }) => faults.length === 0), [read]);
  const nameColumns = (next: boolean) => {
    setNamed(next);
    setTargets(guessColumns(headersOf(table, next), table.rows.slice(next ? 1 : 0, SAMPLE_ROWS)));
  };
  if (run.state.phase !== "idle" && cadence !== undefined)
    return (
      <ImportRun
        run={run}
        cadence={cadence}
        headers={headers}
        delimiter={table.delimiter}
        fileName={name}
        rows={read}
        onRunning={onRunning}
        onOther={onOther}
      />
    );
  const faulty = read.length - good.length;
  return (
    <div className="space-y-6">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="text-sm">
          <span className="font-medium break-all">{name}</span>
          <span className="text-quiet">
            {" "}
            · {count(rows.length, "row")} · {table.encoding}, separated by {delimiterWords(table.delimiter)}
          </span>
        </p>
        <Button isSmall onClick={onOther}>
          Choose another file
        </Button>
      </div>
      {table.complaints.length === 0 ? null : (
        <div role="alert" className="rounded-lg border border-line bg-warn-soft px-4 py-3 text-sm">
          <p className="font-medium">The file has quotes in wrong places. See whether the rows below are right.</p>
          <ul className="mt-1 list-disc pl-4">
            {table.complaints.map((complaint) => (
              <li key={complaint}>{complaint}</li>
            ))}
          </ul>
        </div>
      )}
      <Card title="What the columns are">
        <div className="space-y-4">
          <CheckField
            label="The first row names the columns"
            checked={isNamed}
            onChange={({ target }) => nameColumns(target.checked)}
          />
          <ColumnMapping headers={headers} rows={rows} targets={targets} onChange={setTargets} />
          <IdNote targets={targets} />
        </div>
      </Card>
      <Card title={`What will be sent: the first ${Math.min(PREVIEW_ROWS, read.length)} rows`}>
        <PreviewTable rows={read.slice(0, PREVIEW_ROWS)} />
      </Card>
      <div className="flex flex-wrap items-center gap-3" aria-live="polite">
        <Button
          weight="primary"
          disabled={good.length === 0 || cadence === undefined}
          onClick={() => (cadence === undefined ? undefined : run.begin(cadence, good))}
        >
          {cadence === undefined ? "Enroll" : `Enroll ${count(good.length, "lead")} in ${cadence.name}`}
        </Button>
        <p className="text-sm text-quiet">
          {cadence === undefined ? "Choose a cadence first. " : ""}
          {faulty === 0
            ? ""
            : `${count(faulty, "row")} with faults ${faulty === 1 ? "is" : "are"} left out; you get them as a file to mend. `}
          {withoutAddress(good) > 0
            ? `${count(withoutAddress(good), "lead")} without an e-mail address will be held.`
            : ""}
        </p>
      </div>
    </div>
  );
}

function IdNote({ targets }: { readonly targets: readonly Target[] }) {
  return (
    <p className="text-sm text-quiet">
      {targets.includes("leadExternalId")
        ? "A lead is known by your id: one that is enrolled already is left as it is. Rows without an id take their e-mail address as id."
        : "No column is your id, so the e-mail address in small letters is it. One that is enrolled already is left as it is."}
    </p>
  );
}

function headersOf({ rows }: Table, isNamed: boolean): readonly string[] {
  const first = rows[0] ?? [];
  return isNamed ? first : first.map((_, index) => `Column ${index + 1}`);
}

function withoutAddress(rows: readonly { readonly lead: { readonly leadEmail?: string | null } }[]): number {
  return rows.filter(({ lead }) => lead.leadEmail === undefined).length;
}

function count(number: number, word: string): string {
  return `${number.toLocaleString("en")} ${word}${number === 1 ? "" : "s"}`;
}

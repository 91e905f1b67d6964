import { Link, useBlocker } from "@tanstack/react-router";
import { Download } from "lucide-react";
import { useEffect, useMemo } from "react";
import type { Cadence } from "../../../../core/contract/cadence.ts";
import { Button, buttonLook } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { saveFile } from "../../ui/download.tsx";
import { Card } from "../../ui/page.tsx";
import { Progress } from "../../ui/progress.tsx";
import { FailedRows } from "./failed-rows.tsx";
import { errorsFile } from "./read-table.ts";
import type { ReadRow } from "./row-to-lead.ts";
import { sayFault, sayPace } from "./say-pace.ts";
import type { Import } from "./use-import.ts";

interface ImportRunProps {
  readonly run: Import;
  readonly cadence: Cadence;
  readonly headers: readonly string[];
  readonly delimiter: string;
  readonly fileName: string;
  readonly rows: readonly ReadRow[];
  readonly onRunning: (isRunning: boolean) => void;
  readonly onOther: () => void;
}

/** How far it is, and what became of the rows. Whatever was done stays done, and the file can be run again. */
export function ImportRun({ run, cadence, headers, delimiter, fileName, rows, onRunning, onOther }: ImportRunProps) {
  const { phase, done, failures, counts, workedMs, slowUntil } = run.state;
  const { total } = run;
  const faulty = useMemo(() => rows.filter(({ faults }) => faults.length > 0), [rows]);
  const isUnderway = phase === "running" || phase === "paused";
  useEffect(() => onRunning(isUnderway), [isUnderway, onRunning]);
  const blocker = useBlocker({
    shouldBlockFn: () => isUnderway,
    enableBeforeUnload: () => isUnderway,
    withResolver: true,
  });
  const failed = useMemo(
    () =>
      [
        ...faulty.map((row) => ({ row, error: row.faults.join(" ") })),
        ...failures.map(({ item, error }) => ({ row: item, error: sayFault(error) })),
      ].toSorted((one, other) => one.row.line - other.row.line),
    [faulty, failures],
  );
  const again = (which: readonly ReadRow[]) => run.begin(cadence, which);
  const keepErrors = () => {
    const text = errorsFile(
      headers,
      failed.map(({ row, error }) => ({ cells: row.cells, error })),
      delimiter,
    );
    saveFile(`${fileName.replace(/\.\w+$/, "")}-errors.csv`, new Blob([text], { type: "text/csv;charset=utf-8" }));
  };
  return (
    <div className="space-y-6">
      <Card title={`${fileName} into ${cadence.name}`}>
        <Progress label="Leads enrolled" done={done} total={total}>
          <span className="flex flex-wrap justify-between gap-x-4">
            <span>
              {done.toLocaleString("en")} of {total.toLocaleString("en")}
            </span>
            <span>{sayPace({ phase, done, total, workedMs, slowUntil, now: Date.now() })}</span>
          </span>
        </Progress>
        <dl className="mt-4 grid grid-cols-2 gap-4 text-sm sm:grid-cols-4">
          <Figure name="Enrolled" value={counts["created"] ?? 0} />
          <Figure name="There already" value={counts["known"] ?? 0} />
          <Figure name="Failed" value={failures.length} isBad />
          <Figure name="Left out for faults" value={faulty.length} isBad />
        </dl>
        <p aria-live="polite" className="sr-only">
          {isUnderway ? "" : `${ENDS[phase]} ${counts["created"] ?? 0} enrolled, ${failed.length} not.`}
        </p>
        <div className="mt-5 flex flex-wrap gap-2">
          {phase === "running" ? <Button onClick={run.pause}>Pause</Button> : null}
          {phase === "paused" ? (
            <Button weight="primary" onClick={run.goOn}>
              Go on
            </Button>
          ) : null}
          {isUnderway ? (
            <Button weight="danger" onClick={run.stop}>
              Stop
            </Button>
          ) : (
            <>
              <Link to="/enrollments" search={{ cadenceId: cadence.id }} className={buttonLook("primary")}>
                See the enrollments
              </Link>
              {phase === "stopped" ? (
                <Button onClick={() => again(rows.filter(({ faults }) => faults.length === 0))}>
                  Run it again from the start
                </Button>
              ) : null}
              {failures.length > 0 ? (
                <Button onClick={() => again(failures.map(({ item }) => item))}>Try the failed ones again</Button>
              ) : null}
              <Button onClick={onOther}>Choose another file</Button>
            </>
          )}
        </div>
        {isUnderway ? null : (
          <p className="mt-3 text-sm text-quiet">
            {ENDS[phase]} The same file can be run again: whoever is enrolled is counted as there already.
          </p>
        )}
      </Card>
      {failed.length === 0 ? null : (
        <section aria-labelledby="failed-rows" className="space-y-3">
          <div className="flex flex-wrap items-center justify-between gap-3">
            <h2 id="failed-rows" className="text-sm font-semibold">
              Rows that were not enrolled: {failed.length.toLocaleString("en")}
            </h2>
            <Button isSmall onClick={keepErrors}>
              <Download className="size-3.5" aria-hidden /> Download them as CSV
            </Button>
          </div>
          <FailedRows rows={failed} />
        </section>
      )}
      {blocker.status === "blocked" ? (
        <Dialog title="Leave while leads are being enrolled?" isOpen onClose={blocker.reset}>
          <p className="text-sm">
            Those that are done stay enrolled; the rest of the file is not sent. You can run the same file again later.
          </p>
          <div className="mt-5 flex justify-end gap-2">
            <Button weight="primary" onClick={blocker.reset}>
              Stay
            </Button>
            <Button weight="danger" onClick={blocker.proceed}>
              Stop and leave
            </Button>
          </div>
        </Dialog>
      ) : null}
    </div>
  );
}

const ENDS = {
  idle: "",
  running: "",
  paused: "",
  finished: "Done.",
  stopped: "Stopped before the end.",
} as const;

function Figure({
  name,
  value,
  isBad = false,
}: {
  readonly name: string;
  readonly value: number;
  readonly isBad?: boolean;
}) {
  return (
    <div>
      <dt className="text-xs text-quiet">{name}</dt>
      <dd className={`text-xl font-semibold tabular-nums ${isBad && value > 0 ? "text-bad" : ""}`}>
        {value.toLocaleString("en")}
      </dd>
    </div>
  );
}

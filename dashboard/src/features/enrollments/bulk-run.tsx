import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useRef, useState } from "react";
import type { EnrollmentSummary } from "../../../../core/contract/enrollment.ts";
import { call } from "../../api/call.ts";
import { useMode } from "../../api/mode.ts";
import { refresh } from "../../api/queries.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { TextField } from "../../ui/field.tsx";
import { ProblemNote } from "../../ui/notes.tsx";
import { Progress } from "../../ui/progress.tsx";
import {
  ACT_WORDS,
  type BulkAct,
  type Chosen,
  FITTING_MAX,
  type FoundPage,
  findFitting,
  isFitting,
  undoOf,
} from "./bulk-acts.ts";
import { doTo } from "./do-to.ts";
import { type Failure, useRun } from "./use-run.ts";

interface BulkRunProps {
  readonly act: BulkAct;
  readonly chosen: Chosen;
  /** How many it is for; null where that shows only on the way. */
  readonly fitting: number | null;
  readonly onClose: (isDone: boolean) => void;
}

type Row = Pick<EnrollmentSummary, "id" | "leadName" | "leadExternalId" | "state">;

/** How many it is for, as far as the list was read. */
interface Plan {
  readonly total: number;
  readonly isWhole: boolean;
  /** Rows of the list that were looked at; 0 where they were chosen one by one. */
  readonly looked: number;
}

/** Asks once, then works through them and says what became of each. */
export function BulkRun({ onClose, ...given }: BulkRunProps) {
  // As they were when it was asked: the list is read anew meanwhile.
  const [{ act: asked, chosen, fitting }] = useState(given);
  const client = useQueryClient();
  const mode = useMode();
  const [act, setAct] = useState(asked);
  const [reason, setReason] = useState("");
  const [plan, setPlan] = useState<Plan>({ total: 0, isWhole: true, looked: 0 });
  const changed = useRef<Row[]>([]);
  const run = useRun<Row, void>();
  const { phase, done, failures, error } = run.state;
  const { ask, done: past, why } = ACT_WORDS[act];
  const undo = undoOf(asked);
  const isUndone = act !== asked;
  const succeeded = done - failures.length;

  const begin = (which: BulkAct, items: Iterable<Row> | AsyncIterable<Row>, total: number) => {
    setAct(which);
    setPlan({ total, isWhole: true, looked: 0 });
    run.start({
      items,
      act: async (row) => {
        await doTo(which, row.id, reason.trim(), mode);
        if (which === asked) changed.current.push(row);
      },
      onEnd: () => void refresh(client, ["/v1/enrollments", "/v1/overview"]),
    });
  };
  const beginAll = () => {
    if (chosen.kind === "rows") {
      const rows = chosen.rows.filter((row) => isFitting(asked, row));
      return begin(asked, rows, rows.length);
    }
    const readPage = (cursor: string | undefined) =>
      call<FoundPage>("/v1/enrollments", { query: { ...chosen.query, limit: 200, cursor }, mode });
    const onLooked = (looked: number, total: number, isWhole: boolean) => setPlan({ total, isWhole, looked });
    begin(asked, findFitting(asked, FITTING_MAX, readPage, onLooked), 0);
  };
  const again = () =>
    begin(
      act,
      failures.map(({ item }) => item),
      failures.length,
    );
  const close = () => {
    run.stop();
    onClose(phase === "finished" && failures.length === 0);
  };
  return (
    <Dialog title={`${ACT_WORDS[asked].ask} ${sayHowMany(chosen, fitting)}`} isOpen onClose={close}>
      {phase === "idle" ? (
        <form
          className="space-y-4 text-sm"
          onSubmit={(event) => {
            event.preventDefault();
            beginAll();
          }}
        >
          <p>{why}</p>
          <LeftOut chosen={chosen} fitting={fitting} act={act} />
          {act === "unenroll" ? (
            <TextField
              label="Reason"
              hint="In your words, up to 200 characters. It stands beside each enrollment."
              maxLength={200}
              value={reason}
              onChange={({ target }) => setReason(target.value)}
            />
          ) : null}
          <div className="flex justify-end gap-2">
            <Button onClick={close}>Cancel</Button>
            <Button type="submit" weight={act === "unenroll" ? "danger" : "primary"} disabled={fitting === 0}>
              {ask} {chosen.kind === "rows" ? (fitting ?? 0).toLocaleString("en") : "them"}
            </Button>
          </div>
        </form>
      ) : (
        <div className="space-y-4">
          <Progress label={`${ask} enrollments`} done={done} total={plan.total}>
            <span aria-live="polite">
              {past} {succeeded.toLocaleString("en")} of {plan.isWhole ? "" : "at least "}
              {plan.total.toLocaleString("en")}
              {failures.length > 0 ? `, ${failures.length.toLocaleString("en")} failed` : ""}.{" "}
              {plan.looked > 0 ? `Looked at ${plan.looked.toLocaleString("en")} rows of the list.` : ""}
              {phase === "stopped" ? " Stopped." : ""}
            </span>
          </Progress>
          <ProblemNote error={error} />
          <Failures failures={failures} />
          <div className="flex justify-end gap-2">
            {phase === "running" ? (
              <Button onClick={run.stop}>Stop</Button>
            ) : (
              <>
                {undo !== null && !isUndone && succeeded > 0 ? (
                  <Button onClick={() => begin(undo, [...changed.current], changed.current.length)}>Undo</Button>
                ) : null}
                {failures.length > 0 ? <Button onClick={again}>Try these again</Button> : null}
                <Button weight="primary" onClick={close}>
                  Done
                </Button>
              </>
            )}
          </div>
        </div>
      )}
    </Dialog>
  );
}

function LeftOut({ chosen, fitting, act }: Pick<BulkRunProps, "chosen" | "fitting" | "act">) {
  if (chosen.kind === "fitting")
    return (
      <p className="text-quiet">
        The list is read on while this runs, at most {FITTING_MAX.toLocaleString("en")} rows of it. Those for whom it
        would change nothing are left out. You can stop at any time.
      </p>
    );
  const others = chosen.rows.length - (fitting ?? 0);
  if (others === 0) return null;
  return (
    <p className="text-quiet">
      {others} of those chosen {others === 1 ? "is" : "are"} left out:{" "}
      {act === "resume"
        ? "only what is paused can be resumed"
        : act === "pause"
          ? "paused already, or ended"
          : "ended already"}
      .
    </p>
  );
}

function Failures({ failures }: { readonly failures: readonly Failure<Row>[] }) {
  if (failures.length === 0) return null;
  return (
    <div>
      <h3 className="mb-1 text-sm font-medium">What failed</h3>
      <ul className="max-h-60 divide-y divide-line overflow-y-auto rounded-lg border border-line text-sm">
        {failures.slice(0, 200).map(({ item, error }) => (
          <li key={item.id} className="px-3 py-2">
            <Link to="/enrollments/$enrollmentId" params={{ enrollmentId: item.id }} className="text-accent underline">
              {item.leadName ?? item.leadExternalId}
            </Link>
            <span className="block text-quiet">{error instanceof Error ? error.message : "It did not work."}</span>
          </li>
        ))}
      </ul>
      {failures.length > 200 ? <p className="mt-1 text-xs text-quiet">And {failures.length - 200} more.</p> : null}
    </div>
  );
}

function sayHowMany(chosen: Chosen, fitting: number | null): string {
  if (chosen.kind === "fitting") return "all that fit the filters?";
  return fitting === 1 ? "one enrollment?" : `${(fitting ?? 0).toLocaleString("en")} enrollments?`;
}

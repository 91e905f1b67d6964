import { useState } from "react";
import type { EnrollmentSummary } from "../../../../core/contract/enrollment.ts";
import { Button } from "../../ui/button.tsx";
import { type BulkAct, type Chosen, FITTING_MAX, fittingOf } from "./bulk-acts.ts";
import { BulkRun } from "./bulk-run.tsx";

interface BulkBarProps {
  readonly rows: readonly EnrollmentSummary[];
  readonly hasMore: boolean;
  readonly query: Readonly<Record<string, string | undefined>>;
  readonly chosen: ReadonlySet<string>;
  readonly onChoose: (chosen: ReadonlySet<string>) => void;
}

/** What can be done with the rows that are chosen; with all that fit the filters too, those that weren't read yet included. */
export function BulkBar({ rows, hasMore, query, chosen, onChoose }: BulkBarProps) {
  const [isAll, setAll] = useState(false);
  const [act, setAct] = useState<BulkAct | null>(null);
  const picked = rows.filter(({ id }) => chosen.has(id));
  const isOpen = picked.length > 0 || isAll;
  const what: Chosen = isAll ? { kind: "fitting", query } : { kind: "rows", rows: picked };
  const clear = () => {
    setAll(false);
    onChoose(new Set());
  };
  const isAllShown = picked.length === rows.length && rows.length > 0;
  return (
    <>
      {isOpen ? (
        <section
          aria-label="Chosen enrollments"
          className="sticky top-14 z-20 mb-3 flex flex-wrap items-center gap-2 rounded-xl border border-accent bg-accent-soft px-3 py-2 text-sm lg:top-2"
        >
          <p aria-live="polite" className="mr-auto font-medium">
            {isAll ? `All that fit the filters, up to ${FITTING_MAX.toLocaleString("en")}` : `${picked.length} chosen`}
            {!isAll && isAllShown && hasMore ? (
              <Button isSmall weight="quiet" className="ml-2 text-accent! underline" onClick={() => setAll(true)}>
                Choose all that fit the filters
              </Button>
            ) : null}
          </p>
          <Button isSmall onClick={() => setAct("pause")}>
            Pause
          </Button>
          <Button isSmall onClick={() => setAct("resume")}>
            Resume
          </Button>
          <Button isSmall weight="danger" onClick={() => setAct("unenroll")}>
            Unenroll
          </Button>
          <Button isSmall weight="quiet" onClick={clear}>
            Choose none
          </Button>
        </section>
      ) : null}
      {act === null ? null : (
        <BulkRun
          act={act}
          chosen={what}
          fitting={fittingOf(what, act)}
          onClose={(isDone) => {
            setAct(null);
            if (isDone) clear();
          }}
        />
      )}
    </>
  );
}

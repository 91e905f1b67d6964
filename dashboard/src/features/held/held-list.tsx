import { Link } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import type { EnrollmentSummary } from "../../../../core/contract/enrollment.ts";
import { HELD_REASONS, inWords } from "../../ui/enrollment-words.ts";
import { When } from "../../ui/when.tsx";

interface HeldListProps {
  readonly rows: readonly EnrollmentSummary[];
  readonly chosen: string | undefined;
  readonly cadenceNames: Readonly<Record<string, string>>;
}

/** Who waits, and for what. */
export function HeldList({ rows, chosen, cadenceNames }: HeldListProps) {
  return (
    <ul className="divide-y divide-line overflow-hidden rounded-xl border border-line bg-card">
      {rows.map((row) => (
        <HeldRow
          key={row.id}
          row={row}
          isChosen={row.id === chosen}
          cadence={cadenceNames[row.cadenceId] ?? row.cadenceId}
        />
      ))}
    </ul>
  );
}

interface HeldRowProps {
  readonly row: EnrollmentSummary;
  readonly isChosen: boolean;
  readonly cadence: string;
}

function HeldRow({ row, isChosen, cadence }: HeldRowProps) {
  const { id, leadName, leadEmail, leadExternalId, currentStep, heldReason, updatedAt } = row;
  const place = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isChosen) place.current?.scrollIntoView({ block: "nearest" });
  }, [isChosen]);
  return (
    <li ref={place} className="scroll-my-16">
      <Link
        to="/held"
        search={{ chosen: id }}
        replace
        resetScroll={false}
        aria-current={isChosen ? "true" : undefined}
        className="block border-l-3 border-transparent px-3 py-2.5 text-sm hover:bg-raised aria-[current]:border-accent aria-[current]:bg-raised max-lg:border-transparent! max-lg:bg-card!"
      >
        <span className="flex justify-between gap-3">
          <span className="min-w-0">
            <span className="block truncate font-medium">{leadName ?? leadEmail ?? leadExternalId}</span>
            <span className="block truncate text-warn">
              {HELD_REASONS[heldReason ?? ""]?.short ?? inWords(heldReason ?? "held")}
            </span>
            <span className="block truncate text-xs text-quiet">
              {cadence}, step {currentStep + 1}
            </span>
          </span>
          <span className="shrink-0 pt-0.5 text-xs text-quiet">
            <When at={updatedAt} form="brief" />
          </span>
        </span>
      </Link>
    </li>
  );
}

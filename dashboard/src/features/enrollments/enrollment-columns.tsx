import type { EnrollmentSummary } from "../../../../core/contract/enrollment.ts";
import type { Column } from "../../ui/data-table.tsx";
import { nextWords, stateReason } from "../../ui/enrollment-words.ts";
import { StateBadge } from "../../ui/state-badge.tsx";
import { When } from "../../ui/when.tsx";

/** The list's columns; cadences are named as far as their names are known. */
export function enrollmentColumns(
  cadenceNames: Readonly<Record<string, string>>,
): readonly Column<EnrollmentSummary>[] {
  return [
    // The lead is the row's link.
    { name: "Lead", width: "minmax(0,1.4fr)", cell: () => null },
    {
      name: "Cadence and step",
      width: "minmax(0,1.2fr)",
      isWide: true,
      cell: ({ cadenceId, currentStep, phase }) => (
        <>
          <span className="block truncate">{cadenceNames[cadenceId] ?? cadenceId}</span>
          <span className="block text-xs text-quiet">
            {phase === "finished"
              ? `${currentStep} ${currentStep === 1 ? "step" : "steps"} passed`
              : `Step ${currentStep + 1}`}
          </span>
        </>
      ),
    },
    {
      name: "State",
      width: "minmax(0,1fr)",
      cell: (row) => {
        const reason = stateReason(row);
        return (
          <>
            <StateBadge state={row.state} />
            {reason === null ? null : <span className="mt-0.5 block truncate text-xs text-quiet">{reason}</span>}
          </>
        );
      },
    },
    {
      name: "Next",
      width: "minmax(0,1.2fr)",
      isWide: true,
      cell: (row) => (
        <>
          <span className="block truncate">{nextWords(row)}</span>
          {row.nextDueAt === null || row.state === "paused" ? null : (
            <span className="block truncate text-xs text-quiet">
              <When at={row.nextDueAt} />
            </span>
          )}
        </>
      ),
    },
  ];
}

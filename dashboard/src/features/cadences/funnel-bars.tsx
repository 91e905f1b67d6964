import { Link } from "@tanstack/react-router";
import type { Funnel } from "../../../../core/contract/funnel.ts";
import type { Step } from "../../../../core/contract/step.ts";
import { KINDS, sumUp } from "./step-words.ts";

const PARTS = [
  { key: "sent", name: "Sent", look: "bg-accent" },
  { key: "skipped", name: "Skipped", look: "bg-strong-line" },
  { key: "waiting", name: "Waiting", look: "bg-info" },
] as const;
const OUTCOMES = [
  { key: "failed", name: "Failed drafts" },
  { key: "replied", name: "Replied" },
  { key: "bounced", name: "Bounced" },
  { key: "unsubscribed", name: "Unsubscribed" },
] as const;

interface FunnelBarsProps {
  readonly cadenceId: string;
  readonly funnel: Funnel;
  /** Of the draft, which says what a step is about; one that it no longer has is named by its kind. */
  readonly steps: readonly Step[];
}

/** Each step as a bar as long as the share of leads that have come to it, with its numbers under it. */
export function FunnelBars({ cadenceId, funnel, steps }: FunnelBarsProps) {
  const most = Math.max(1, funnel.enrolled, ...funnel.steps.map(reachedOf));
  return (
    <>
      <ul aria-hidden className="mb-4 flex flex-wrap gap-x-4 gap-y-1 text-xs text-quiet">
        {PARTS.map(({ key, name, look }) => (
          <li key={key} className="flex items-center gap-1.5">
            <span className={`size-2.5 rounded-sm ${look}`} /> {name}
          </li>
        ))}
      </ul>
      <ol className="space-y-5">
        {funnel.steps.map((row) => (
          <li key={row.step}>
            <StepBar cadenceId={cadenceId} row={row} most={most} step={steps[row.step]} />
          </li>
        ))}
      </ol>
    </>
  );
}

interface StepBarProps {
  readonly cadenceId: string;
  readonly row: Funnel["steps"][number];
  readonly most: number;
  readonly step: Step | undefined;
}

function StepBar({ cadenceId, row, most, step }: StepBarProps) {
  const isWait = row.kind === "wait";
  const shown = [
    ...PARTS.filter(({ key }) => !isWait || key === "waiting" || row[key] > 0),
    ...(isWait ? [] : OUTCOMES),
  ];
  return (
    <div className="text-sm">
      <div className="flex flex-wrap items-baseline gap-x-2">
        <Link
          to="/cadences/$cadenceId/edit"
          params={{ cadenceId }}
          search={{ step: String(row.step + 1) }}
          className="font-medium hover:text-accent hover:underline"
        >
          {row.step + 1}. {nameOfKind(row.kind)}
        </Link>
        {step === undefined || step.kind !== row.kind ? null : (
          <span className="min-w-0 flex-1 basis-40 truncate text-quiet">{sumUp(step)}</span>
        )}
      </div>
      <div className="mt-1.5 flex h-3 overflow-hidden rounded-full bg-raised" aria-hidden>
        {PARTS.map(({ key, look }) =>
          row[key] === 0 ? null : (
            <div
              key={key}
              className={`${look} min-w-1 border-r border-card`}
              style={{ width: `${(row[key] / most) * 100}%` }}
            />
          ),
        )}
      </div>
      <dl className="mt-1.5 flex flex-wrap gap-x-5 gap-y-1">
        {shown.map(({ key, name }) => (
          <div key={key} className="flex gap-1.5">
            <dt className="text-quiet">{name}</dt>
            <dd className={`tabular-nums ${row[key] === 0 ? "text-quiet" : "font-medium"}`}>
              {row[key].toLocaleString("en")}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function nameOfKind(kind: string | null): string {
  return Object.entries(KINDS).find(([one]) => one === kind)?.[1] ?? "A step that is no more";
}

function reachedOf({ waiting, sent, skipped }: Funnel["steps"][number]): number {
  return waiting + sent + skipped;
}

import { sayQuota } from "./say-quota.ts";

interface QuotaBarProps {
  readonly name: string;
  readonly what: string;
  readonly used: number;
  /** Null: no bound. */
  readonly quota: number | null;
}

const COLOURS = { none: "bg-accent", near: "bg-warn", over: "bg-bad" } as const;

/** How much of a quota is used; said in words too. */
export function QuotaBar({ name, what, used, quota }: QuotaBarProps) {
  const { text, percent, danger } = sayQuota(used, quota);
  return (
    <div>
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 text-sm">
        <h3 className="font-medium">{name}</h3>
        <p className="tabular-nums">{text}</p>
      </div>
      {percent === null ? null : (
        <div aria-hidden className="mt-1.5 h-2.5 overflow-hidden rounded-full border border-line bg-raised">
          <div className={`h-full rounded-full ${COLOURS[danger]}`} style={{ width: `${percent}%` }} />
        </div>
      )}
      <p className="mt-1 text-xs text-quiet">
        {danger === "over" ? "Used up: what needs more waits for the next month, or for a larger plan. " : ""}
        {what}
      </p>
    </div>
  );
}

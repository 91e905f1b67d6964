/** A quota in words and as a bar: `percent` 0 to 100, null where nothing bounds it; `near` from 80 % on. */
export interface SaidQuota {
  readonly text: string;
  readonly percent: number | null;
  readonly danger: "none" | "near" | "over";
}

/** Says what is used of a quota. */
export function sayQuota(used: number, quota: number | null): SaidQuota {
  const count = used.toLocaleString("en");
  if (quota === null) return { text: `${count}, without a bound`, percent: null, danger: "none" };
  // A quota of nothing is used up from the start, and has no part.
  const part = quota === 0 ? 1 : used / quota;
  return {
    text: `${count} of ${quota.toLocaleString("en")}`,
    percent: Math.min(100, Math.round(part * 100)),
    danger: part >= 1 ? "over" : part >= 0.8 ? "near" : "none",
  };
}

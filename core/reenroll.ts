/** Whether a person whose enrollment in a cadence has ended may be enrolled in it again: never, at once, or so many days after. */
export type Reenroll = "never" | "always" | { readonly afterDays: number };

const DAY_MS = 24 * 3600_000;

/** From when on (ms) somebody whose enrollment ended at `endedAt` may be enrolled again; null: never. */
export function reenrollableAt(policy: Reenroll, endedAt: number): number | null {
  if (policy === "never") return null;
  return policy === "always" ? endedAt : endedAt + policy.afterDays * DAY_MS;
}

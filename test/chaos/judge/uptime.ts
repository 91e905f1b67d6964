import type { FarRecord } from "../record.ts";

/** For how many milliseconds between two times the system was up: from each start's being ready to its end. */
export function uptimeBetween(
  { readyAt, kills }: Pick<FarRecord, "readyAt" | "kills">,
  from: number,
  to: number,
): number {
  const endedAt = new Map(kills.map(({ boot, beganAt }) => [boot, beganAt]));
  return readyAt.reduce((sum, start, place) => {
    const end = endedAt.get(place + 1) ?? Number.POSITIVE_INFINITY;
    return sum + Math.max(0, Math.min(to, end) - Math.max(from, start));
  }, 0);
}

import type { FarRecord } from "../record.ts";

/** What an idle machine is given beside its lag, in milliseconds. */
const BASE_MS = 250;
/** Taking an answer needs several turns of the system's event loop, and so does a sign of life: this many times as long. */
const TIMES_THE_LAG = 3;

/** For how long before its end, in milliseconds, a start may have left things unread or undone; 0 for one that lived on. */
export type MarginOf = (boot: number) => number;

/**
 * How long before a kill something may have been cut off: a quarter of a second, and three times as long as the system had
 * owed a sign of life by then. On an idle machine half a second; where it was stuck for seconds, that. A fixed margin won't
 * do: a start lives for half a second to two here, so one that is wide enough for a busy machine excuses everything on an
 * idle one. No margin reaches back behind the end of the start before, also where no sign of life ever came.
 */
export function marginsOf({ kills, pulses }: Pick<FarRecord, "kills" | "pulses">): MarginOf {
  const margins = new Map(
    kills.map(({ boot, beganAt }) => {
      const last = pulses.findLast((pulse) => pulse.boot === boot && pulse.heardAt <= beganAt);
      const lagMs = last === undefined ? Number.POSITIVE_INFINITY : beganAt - last.askedAt;
      const lifeMs = beganAt - Math.max(0, ...kills.filter((one) => one.boot < boot).map(({ at }) => at));
      return [boot, Math.min(BASE_MS + TIMES_THE_LAG * lagMs, lifeMs)] as const;
    }),
  );
  return (boot) => margins.get(boot) ?? 0;
}

/** The middle one of all kills' margins, in milliseconds: how strictly the run could be judged. */
export function marginMedianMs({ kills, pulses }: Pick<FarRecord, "kills" | "pulses">): number {
  const marginOf = marginsOf({ kills, pulses });
  const sorted = kills.map(({ boot }) => marginOf(boot)).sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/** An endpoint with nothing but failures for this long is disabled and its owner told (contract.md section 3). */
const FAILING_MAX_MS = 120 * 3600_000;
/** And on so many different days: two failures with a quiet week between say little about either day. */
const FAILING_DAYS_MIN = 5;
const DAY_MS = 24 * 3600_000;

/** A time in which every request failed: since when (ms), on how many days (UTC), the last of them by its number since the epoch. */
export interface FailingSpell {
  readonly since: number;
  readonly days: number;
  readonly lastDay: number;
}

/**
 * What one more request means for an endpoint: usually nothing; a failure that is to be noted, because it is the first or
 * the first of another day; the first answer after failures; or enough.
 */
export type HealthChange = "none" | "began_failing" | "recovered" | "disable";

/** One success forgives everything before it. `now` in milliseconds. */
export function healthChange(failing: FailingSpell | null, answered: boolean, now: number): HealthChange {
  if (answered) return failing === null ? "none" : "recovered";
  if (failing === null) return "began_failing";
  const isNewDay = dayOf(now) > failing.lastDay;
  const days = failing.days + (isNewDay ? 1 : 0);
  if (now - failing.since >= FAILING_MAX_MS && days >= FAILING_DAYS_MIN) return "disable";
  return isNewDay ? "began_failing" : "none";
}

/** The number of the UTC day since the epoch. */
export function dayOf(at: number): number {
  return Math.floor(at / DAY_MS);
}

/** An endpoint with nothing but failures for this long is disabled and its owner told (contract.md section 3). */
export const FAILING_MAX_MS = 120 * 3600_000;

/** What one more request means for an endpoint: usually nothing; a first failure, the first answer after some, or enough. */
export type HealthChange = "none" | "began_failing" | "recovered" | "disable";

/** One success forgives everything before it. `failingSince` and `now` in milliseconds. */
export function healthChange(failingSince: number | null, answered: boolean, now: number): HealthChange {
  if (answered) return failingSince === null ? "none" : "recovered";
  if (failingSince === null) return "began_failing";
  return now - failingSince >= FAILING_MAX_MS ? "disable" : "none";
}

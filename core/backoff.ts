const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const DRAFT_RETRIES_MS = [10_000, MINUTE, 5 * MINUTE, 15 * MINUTE, 45 * MINUTE, 2 * HOUR] as const;
const EVENT_RETRIES_MS = [
  5_000,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
] as const;
const SEND_RETRIES_MS = [30_000, 2 * MINUTE, 10 * MINUTE, HOUR, 4 * HOUR] as const;
const RETRY_AFTER_MAX_MS = HOUR;

/** Wait after failed draft attempt `attempt` (from 1), ±20 % by the dice (0 to 1), divided by `hurry`; contract.md section 2. */
export function draftRetryMs(attempt: number, dice: number, hurry = 1): number {
  return spread(DRAFT_RETRIES_MS[Math.min(attempt, DRAFT_RETRIES_MS.length) - 1] ?? 2 * HOUR, dice, hurry);
}

/** Wait after failed event attempt `attempt` (from 1), ±20 %, divided by `hurry`; null when the schedule is over (contract.md section 3). */
export function eventRetryMs(attempt: number, dice: number, hurry = 1): number | null {
  const wait = EVENT_RETRIES_MS[attempt - 1];
  return wait === undefined ? null : spread(wait, dice, hurry);
}

/** Wait after try `tries` (from 1) of a message that was surely not sent, divided by `hurry`; null when it has been enough (security.md C). */
export function sendRetryMs(tries: number, dice: number, hurry = 1): number | null {
  const wait = SEND_RETRIES_MS[tries - 1];
  return wait === undefined ? null : spread(wait, dice, hurry);
}

/** What an endpoint asks by Retry-After counts up to an hour, and never makes us come sooner than planned. */
export function atLeast(plannedMs: number, retryAfterMs: number | null): number {
  return Math.max(plannedMs, Math.min(retryAfterMs ?? 0, RETRY_AFTER_MAX_MS));
}

function spread(waitMs: number, dice: number, hurry: number): number {
  return Math.round((waitMs * (0.8 + 0.4 * dice)) / hurry);
}

import { dayIn } from "./schedule.ts";

/** What a tenant may send on its first day, all its cadences together. */
const FIRST_DAY = 50;
/** Each day half as much again. */
const GROWTH = 1.5;
/** From this day on, counted from 0, it is a tenant as any other: by then it may send 9,700 a day. */
const DAYS = 14;
const DAY_MS = 24 * 3600_000;

/**
 * How many messages a tenant that is new since `newSince` (ms) may send on the day of `at`, all cadences together; null
 * once it is new no longer. Days are calendar days of its zone, as daily caps are.
 */
export function rampCap(newSince: number, at: number, timeZone: string): number | null {
  const age = Math.round((midnight(dayIn(at, timeZone)) - midnight(dayIn(newSince, timeZone))) / DAY_MS);
  return age >= DAYS ? null : Math.floor(FIRST_DAY * GROWTH ** Math.max(age, 0));
}

/** In UTC, so that days are as long as each other. */
function midnight(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}

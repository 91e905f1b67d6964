import { dayAfter, dayIn, weekdayOf } from "./schedule.ts";
import { beginnings, wallClock } from "./wall-clock.ts";

/** In the order of ISO 8601: the first is its day 1. */
export const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** Hours of some weekdays. `from` and `to` are HH:MM of the clock there, `to` is outside and may be 24:00. */
export interface SendingWindow {
  readonly days: readonly Weekday[];
  readonly from: string;
  readonly to: string;
}

/** Days on which nothing is sent, both ends included, as YYYY-MM-DD; without `to` it is one day. */
export interface DayRange {
  readonly from: string;
  readonly to?: string | undefined;
}

/** Why a whole day is closed. */
export type ClosedDay = "blackout_date" | "holiday";

/** When something may be sent: inside any of the windows, on a day that is not closed. */
export interface SendingTimes {
  readonly windows: readonly SendingWindow[];
  readonly closedOn: (day: string) => ClosedDay | null;
}

/** `businessHoursOnly`, spelled out. */
export const BUSINESS_HOURS: readonly SendingWindow[] = [
  { days: ["mon", "tue", "wed", "thu", "fri"], from: "09:00", to: "17:00" },
];
/** At any hour of any day. */
export const ANY_TIME: readonly SendingWindow[] = [{ days: WEEKDAYS, from: "00:00", to: "24:00" }];

/** How far ahead an opening is looked for. */
const DAYS_AHEAD_MAX = 366;

/** The first instant at or after `at` (ms) that is open by the clock of `timeZone`; null when none comes within 366 days. */
export function nextOpening(at: number, timeZone: string, times: SendingTimes): number | null {
  if (isOpen(at, timeZone, times)) return at;
  let day = dayIn(at, timeZone);
  for (let ahead = 0; ahead <= DAYS_AHEAD_MAX; ahead++, day = dayAfter(day)) {
    if (times.closedOn(day) !== null) continue;
    const open = windowsOn(day, times)
      .flatMap(({ from }) => beginnings(day, from, timeZone))
      .filter((begins) => begins >= at && isOpen(begins, timeZone, times));
    if (open.length > 0) return Math.min(...open);
  }
  return null;
}

/** A time that is open throughout; `to` (ms) is outside. */
export interface OpenSpan {
  readonly from: number;
  readonly to: number;
}

/**
 * The open time around the first opening at or after `at` (ms), so it may have begun before; null when none comes within
 * 366 days. It ends with its window or the day, and may go on right after.
 */
export function nextOpenSpan(at: number, timeZone: string, times: SendingTimes): OpenSpan | null {
  const opens = nextOpening(at, timeZone, times);
  if (opens === null) return null;
  const { day } = wallClock(opens, timeZone);
  const edges = windowsOn(day, times)
    .flatMap(({ from, to }) => [...beginnings(day, from, timeZone), ...endings(day, to, timeZone)])
    .concat(beginnings(day, "00:00", timeZone), beginnings(dayAfter(day), "00:00", timeZone));
  return {
    from: Math.max(...edges.filter((edge) => edge <= opens)),
    to: Math.min(...edges.filter((edge) => edge > opens)),
  };
}

function endings(day: string, to: string, timeZone: string): readonly number[] {
  return to === "24:00" ? [] : beginnings(day, to, timeZone);
}

/** Whether something may be sent at `at` (ms). Open is what the clock there says: an hour that comes twice is open twice. */
export function isOpen(at: number, timeZone: string, times: SendingTimes): boolean {
  const { day, time } = wallClock(at, timeZone);
  return times.closedOn(day) === null && windowsOn(day, times).some(({ from, to }) => from <= time && time < to);
}

function windowsOn(day: string, { windows }: SendingTimes): readonly SendingWindow[] {
  const weekday = WEEKDAYS[weekdayOf(day) - 1];
  return windows.filter(({ days }) => days.some((name) => name === weekday));
}

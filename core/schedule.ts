import { Temporal } from "temporal-polyfill";

const MIDNIGHT = Temporal.PlainTime.from("00:00");

/** The calendar day of `at` (ms) in `timeZone`, as YYYY-MM-DD: daily caps count by it. */
export function dayIn(at: number, timeZone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate().toString();
}

/** The first instant (ms) of the day after the day of `at` in `timeZone`. */
export function nextDay(at: number, timeZone: string): number {
  const here = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
  // Midnight by name: where the clocks skip it, the day begins with the hour after. (The polyfill's own search for the start of a day asks for the time.)
  return here.toPlainDate().add({ days: 1 }).toZonedDateTime({ timeZone, plainTime: MIDNIGHT }).epochMilliseconds;
}

/** The first instant (ms) of a day (YYYY-MM-DD) in `timeZone`. */
export function startOfDay(day: string, timeZone: string): number {
  return Temporal.PlainDate.from(day).toZonedDateTime({ timeZone, plainTime: MIDNIGHT }).epochMilliseconds;
}

/** The day after `day`, both YYYY-MM-DD. */
export function dayAfter(day: string): string {
  return Temporal.PlainDate.from(day).add({ days: 1 }).toString();
}

/** The day before `day`, both YYYY-MM-DD. */
export function dayBefore(day: string): string {
  return Temporal.PlainDate.from(day).subtract({ days: 1 }).toString();
}

/** The weekday of `day` (YYYY-MM-DD): 1 is Monday, 7 is Sunday. */
export function weekdayOf(day: string): number {
  return Temporal.PlainDate.from(day).dayOfWeek;
}

/** The last day (YYYY-MM-DD) of a year that begins on `day`: a year and no day more. */
export function yearFrom(day: string): string {
  return Temporal.PlainDate.from(day).add({ years: 1 }).subtract({ days: 1 }).toString();
}

/** How many days `day` (YYYY-MM-DD) lies after the day of `at` in UTC; negative for one before. */
export function daysBetween(at: number, day: string): number {
  return Temporal.PlainDate.from(dayIn(at, "UTC")).until(day, { largestUnit: "days" }).days;
}

/** Whether `timeZone` is an IANA zone that we can reckon with. */
export function isTimeZone(timeZone: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(timeZone);
    return /^[A-Za-z]/.test(timeZone);
  } catch {
    return false;
  }
}

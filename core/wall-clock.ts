import { Temporal } from "temporal-polyfill";

/** What calendar and clock show at one instant in one zone. */
export interface WallClock {
  /** YYYY-MM-DD. */
  readonly day: string;
  /** HH:MM, the seconds cut off. */
  readonly time: string;
}

/** What calendar and clock show at `at` (ms) in `timeZone` (IANA). */
export function wallClock(at: number, timeZone: string): WallClock {
  const here = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
  return { day: here.toPlainDate().toString(), time: here.toPlainTime().toString({ smallestUnit: "minute" }) };
}

/**
 * The instants (ms) at which the clock of `timeZone` may begin to show `time` (HH:MM) or later on `day` (YYYY-MM-DD): one
 * as a rule, two where the clocks are set back over it; and, on a day on which they are set, the instant of that, since a
 * time that they skip is never shown and one that comes again is shown from there on.
 */
export function beginnings(day: string, time: string, timeZone: string): readonly number[] {
  const wall = Temporal.PlainDate.from(day).toPlainDateTime(time);
  const early = wall.toZonedDateTime(timeZone, { disambiguation: "earlier" }).epochMilliseconds;
  const late = wall.toZonedDateTime(timeZone, { disambiguation: "later" }).epochMilliseconds;
  const set = clockSetOn(day, timeZone);
  const found = [early, ...(late === early ? [] : [late]), ...(set === null ? [] : [set])];
  // Where the clocks are set at midnight, either may be of the day before or after.
  return found.filter((at) => wallClock(at, timeZone).day === day);
}

/** When (ms) the clocks are set on `day`, or null when they aren't. The polyfill's own search asks for the time of now, which core has not. */
function clockSetOn(day: string, timeZone: string): number | null {
  const midnight = Temporal.PlainDate.from(day).toPlainDateTime("00:00");
  let before = midnight.toZonedDateTime(timeZone, { disambiguation: "earlier" }).epochMilliseconds - 1;
  let after = midnight.add({ days: 1 }).toZonedDateTime(timeZone, { disambiguation: "later" }).epochMilliseconds;
  const offset = offsetAt(before, timeZone);
  if (offsetAt(after, timeZone) === offset) return null;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (offsetAt(middle, timeZone) === offset) before = middle;
    else after = middle;
  }
  return after;
}

function offsetAt(at: number, timeZone: string): number {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).offsetNanoseconds;
}

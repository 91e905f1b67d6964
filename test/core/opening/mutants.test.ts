import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { expect, test } from "vitest";
import { isOpen, nextOpening, type SendingTimes } from "../../../core/opening.ts";
import { dayIn } from "../../../core/schedule.ts";
import { cases, fault } from "./cases.ts";

const MINUTE_MS = 60_000;
const WEEK_MS = 7 * 24 * 3600_000;
type Opening = typeof nextOpening;

/** Mistakes that such code is known for, one each. */
const MUTANTS: Readonly<Record<string, Opening>> = {
  "counts the minute of closing as open": (at, zone, times) =>
    nextOpening(at, zone, {
      ...times,
      windows: times.windows.map((window) => ({ ...window, to: oneLater(window.to) })),
    }),
  "opens a minute early": (at, zone, times) => {
    const opens = nextOpening(at, zone, times);
    return opens === null || opens === at ? opens : opens - MINUTE_MS;
  },
  "reckons with the offset that holds when it is asked": (at, zone, times) => {
    const offset = offsetOf(at, zone);
    const opens = nextOpening(at + offset, "UTC", times);
    return opens === null ? null : opens - offset;
  },
  "moves a skipped opening on by the hour that was skipped": (at, zone, times) => {
    const opens = nextOpening(at, zone, times);
    return opens === null || opens === at ? opens : movedOn(opens, zone, times);
  },
  "opens once only in the hour that comes twice": (at, zone, times) => {
    const opens = nextOpening(at, zone, times);
    if (opens === null) return null;
    const first = firstOfTwo(opens, zone);
    return first !== opens && first < at ? nextOpening(opens + 2 * 3600_000, zone, times) : opens;
  },
  "takes the day of a blackout from Greenwich": (at, zone, times) => {
    let opens = nextOpening(at, zone, { ...times, closedOn: () => null });
    while (opens !== null && times.closedOn(dayIn(opens, "UTC")) !== null)
      opens = nextOpening(opens + MINUTE_MS, zone, { ...times, closedOn: () => null });
    return opens;
  },
  "forgets blackout days": (at, zone, times) => nextOpening(at, zone, { ...times, closedOn: () => null }),
  "takes Monday for Sunday": (at, zone, times) => nextOpening(at - 24 * 3600_000, zone, times),
  "gives up after a week": (at, zone, times) => {
    const opens = nextOpening(at, zone, times);
    return opens !== null && opens - at > WEEK_MS ? null : opens;
  },
};

test.each(Object.entries(MUTANTS))("the oracle notices code that %s", (_name, mutant) => {
  const found = fc.check(
    fc.property(cases, (asked) => fault(asked, mutant) === null),
    { seed: 1, numRuns: 3_000, endOnFailure: true },
  );
  expect(found.failed).toBe(true);
});

function offsetOf(at: number, zone: string): number {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).offsetNanoseconds / 1_000_000;
}

function oneLater(time: string): string {
  if (time >= "23:59") return "24:00";
  return Temporal.PlainTime.from(time).add({ minutes: 1 }).toString({ smallestUnit: "minute" });
}

/** As Temporal resolves 02:30 to 03:30 where the hour from two to three is skipped. */
function movedOn(opens: number, zone: string, times: SendingTimes): number {
  const skipped = offsetOf(opens, zone) - offsetOf(opens - 1, zone);
  if (skipped <= 0) return opens;
  const day = dayIn(opens, zone);
  const [from = ""] = times.windows.map((window) => window.from).filter((time) => isSkipped(day, time, zone));
  if (from === "") return opens;
  const moved = Temporal.PlainDate.from(day).toPlainDateTime(from).toZonedDateTime(zone).epochMilliseconds;
  return isOpen(moved, zone, times) ? moved : opens;
}

function isSkipped(day: string, time: string, zone: string): boolean {
  const wall = Temporal.PlainDate.from(day).toPlainDateTime(time);
  return !wall.toZonedDateTime(zone).toPlainDateTime().equals(wall);
}

function firstOfTwo(at: number, zone: string): number {
  const wall = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDateTime();
  return wall.toZonedDateTime(zone, { disambiguation: "earlier" }).epochMilliseconds;
}

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BUSINESS_HOURS, nextOpening as nextOf } from "../../core/opening.ts";
import { dayIn, isTimeZone, nextDay } from "../../core/schedule.ts";

const nextOpening = (at: number, zone: string) =>
  nextOf(at, zone, { windows: BUSINESS_HOURS, closedOn: () => null }) ?? Number.NaN;
const PARIS = "Europe/Paris";
const NEW_YORK = "America/New_York";
const iso = (at: number) => new Date(at).toISOString().replace(":00.000Z", "Z");

test.each([
  ["early on a Monday: at nine", PARIS, "2026-11-23T05:00Z", "2026-11-23T08:00Z"],
  ["at nine: now", PARIS, "2026-11-23T08:00Z", "2026-11-23T08:00Z"],
  ["at noon: now", PARIS, "2026-11-23T11:00Z", "2026-11-23T11:00Z"],
  ["at a minute to five: now", PARIS, "2026-11-23T15:59Z", "2026-11-23T15:59Z"],
  ["at five: tomorrow", PARIS, "2026-11-23T16:00Z", "2026-11-24T08:00Z"],
  ["Friday evening: Monday", PARIS, "2026-11-27T18:00Z", "2026-11-30T08:00Z"],
  ["Saturday: Monday", PARIS, "2026-11-28T11:00Z", "2026-11-30T08:00Z"],
  ["Sunday night: Monday", PARIS, "2026-11-29T22:59Z", "2026-11-30T08:00Z"],
  ["Friday before Paris goes to summer time: Monday an hour sooner", PARIS, "2026-03-27T16:00Z", "2026-03-30T07:00Z"],
  ["Friday before Paris goes to winter time: Monday an hour later", PARIS, "2026-10-23T15:00Z", "2026-10-26T08:00Z"],
  ["Friday before New York goes to summer time", NEW_YORK, "2026-03-06T22:00Z", "2026-03-09T13:00Z"],
  ["Friday before New York goes to winter time", NEW_YORK, "2026-10-30T21:00Z", "2026-11-02T14:00Z"],
  ["in the three weeks when only New York has changed", NEW_YORK, "2026-03-16T12:59Z", "2026-03-16T13:00Z"],
  ["the evening before a leap day", PARIS, "2028-02-28T16:00Z", "2028-02-29T08:00Z"],
  ["a leap day's evening", PARIS, "2028-02-29T16:00Z", "2028-03-01T08:00Z"],
  ["New Year's Eve, a Thursday", PARIS, "2026-12-31T16:30Z", "2027-01-01T08:00Z"],
  ["a zone of a quarter hour", "Asia/Kathmandu", "2026-11-23T00:00Z", "2026-11-23T03:15Z"],
])("%s", (_name, zone, at, opens) => {
  expect(iso(nextOpening(Date.parse(at), zone))).toBe(opens);
});

test.each([
  ["an ordinary day", PARIS, "2026-11-23T09:00Z", "2026-11-23", "2026-11-23T23:00Z"],
  ["just before midnight", PARIS, "2026-11-23T22:59Z", "2026-11-23", "2026-11-23T23:00Z"],
  ["midnight belongs to the new day", PARIS, "2026-11-23T23:00Z", "2026-11-24", "2026-11-24T23:00Z"],
  ["the day of 23 hours", PARIS, "2026-03-29T12:00Z", "2026-03-29", "2026-03-29T22:00Z"],
  ["the day of 25 hours", PARIS, "2026-10-25T12:00Z", "2026-10-25", "2026-10-25T23:00Z"],
  [
    "the day of 25 hours, in the hour that comes twice",
    NEW_YORK,
    "2026-11-01T06:30Z",
    "2026-11-01",
    "2026-11-02T05:00Z",
  ],
  [
    "a day that begins at one, for midnight is skipped",
    "America/Santiago",
    "2026-09-05T12:00Z",
    "2026-09-05",
    "2026-09-06T04:00Z",
  ],
  ["the leap day", PARIS, "2028-02-29T12:00Z", "2028-02-29", "2028-02-29T23:00Z"],
])("%s has its name and its end", (_name, zone, at, day, ends) => {
  expect([dayIn(Date.parse(at), zone), iso(nextDay(Date.parse(at), zone))]).toEqual([day, ends]);
});

describe("whenever it is, in whatever zone", () => {
  const zone = fc.constantFrom(
    PARIS,
    NEW_YORK,
    "Asia/Kathmandu",
    "Pacific/Kiritimati",
    "America/Santiago",
    "Australia/Lord_Howe",
    "UTC",
  );
  const when = fc.integer({ min: Date.parse("2025-01-01"), max: Date.parse("2032-01-01") });

  test("the opening lies ahead, at most a weekend away, and is open itself", () => {
    fc.assert(
      fc.property(zone, when, (zone, at) => {
        const opens = nextOpening(at, zone);
        expect(opens).toBeGreaterThanOrEqual(at);
        expect(opens - at).toBeLessThanOrEqual(65 * 3600_000);
        expect(nextOpening(opens, zone)).toBe(opens);
      }),
      { seed: 1 },
    );
  });

  test("the next day is the first instant with another name", () => {
    fc.assert(
      fc.property(zone, when, (zone, at) => {
        const next = nextDay(at, zone);
        expect(dayIn(next - 1, zone)).toBe(dayIn(at, zone));
        expect(dayIn(next, zone)).not.toBe(dayIn(at, zone));
      }),
      { seed: 1 },
    );
  });
});

test.each([
  ["Europe/Zurich", true],
  ["UTC", true],
  ["Mars/Olympus", false],
  ["", false],
  ["+02:00", false],
  ["2026-01-01[Europe/Paris]", false],
])("%j is a zone that we can reckon with: %s", (zone, known) => {
  expect(isTimeZone(zone)).toBe(known);
});

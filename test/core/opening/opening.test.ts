import fc from "fast-check";
import { expect, test } from "vitest";
import { ANY_TIME, BUSINESS_HOURS, nextOpening, type SendingWindow } from "../../../core/opening.ts";
import { cases, fault, ZONES } from "./cases.ts";
import { clockChanges, firstMinute } from "./oracle.ts";

const at = (iso: string) => Date.parse(iso);
const open = (iso: string, zone: string, ...windows: readonly SendingWindow[]) => {
  const found = nextOpening(at(iso), zone, { windows, closedOn: () => null });
  return found === null ? null : new Date(found).toISOString().replace(":00.000Z", "Z");
};
const daily = (from: string, to: string): SendingWindow => ({ days: ["sun"], from, to });

test("in any zone, by any windows, on any date, it is the first open minute that the platform's own calendar knows", {
  timeout: 60_000,
}, () => {
  fc.assert(
    fc.property(cases, (asked) => {
      expect(fault(asked, nextOpening)).toBeNull();
    }),
    { seed: 77, numRuns: 1_500 },
  );
});

test("every zone agrees about business hours on both days on which its clocks are set", () => {
  const times = { windows: BUSINESS_HOURS, closedOn: () => null };
  const nights = { windows: [{ days: ["sat", "sun"] as const, from: "00:30", to: "03:15" }], closedOn: () => null };
  let changes = 0;
  for (const zone of ZONES)
    for (const change of clockChanges(2027, zone)) {
      changes++;
      for (const hours of [times, nights]) {
        const from = change - 30 * 3600_000;
        expect([zone, nextOpening(from, zone, hours)]).toEqual([
          zone,
          firstMinute(from, from + 9 * 24 * 3600_000, zone, hours),
        ]);
      }
    }
  expect(changes).toBeGreaterThan(200);
});

test.each([
  [
    "a window that begins in a skipped hour opens with the hour after",
    "2027-03-28T00:00Z",
    daily("02:30", "04:00"),
    "2027-03-28T01:00Z",
  ],
  [
    "a window that lies in a skipped hour opens a week later",
    "2027-03-28T00:00Z",
    daily("02:10", "02:50"),
    "2027-04-04T00:10Z",
  ],
  [
    "in an hour that comes twice it opens the first time",
    "2027-10-31T00:00Z",
    daily("02:30", "02:40"),
    "2027-10-31T00:30Z",
  ],
  ["and the second time", "2027-10-31T00:40Z", daily("02:30", "02:40"), "2027-10-31T01:30Z"],
  [
    "a window that the clocks are set back into goes on",
    "2027-10-31T00:20Z",
    daily("01:30", "02:20"),
    "2027-10-31T01:00Z",
  ],
  ["a window to the end of a day ends with the day", "2027-10-31T23:00Z", daily("20:00", "24:00"), "2027-11-07T19:00Z"],
])("%s", (_name, iso, window, opens) => {
  expect(open(iso, "Europe/Paris", window)).toBe(opens);
});

test("a Sunday that begins twice opens the first time, also for who asks on Saturday", () => {
  const weekend: SendingWindow = { days: ["sat", "sun"], from: "00:00", to: "04:00" };
  expect(open("2026-10-31T12:00Z", "America/Havana", weekend)).toBe("2026-11-01T04:00Z");
});

test("a leap day is a day", () => {
  const tuesdays: SendingWindow = { days: ["tue"], from: "10:00", to: "11:00" };
  expect(open("2028-02-28T23:00Z", "UTC", tuesdays)).toBe("2028-02-29T10:00Z");
});

test("what never opens is said, not looked for without an end", () => {
  expect(nextOpening(at("2026-11-23T09:00Z"), "UTC", { windows: [], closedOn: () => null })).toBeNull();
  expect(nextOpening(at("2026-11-23T09:00Z"), "UTC", { windows: ANY_TIME, closedOn: () => "holiday" })).toBeNull();
});

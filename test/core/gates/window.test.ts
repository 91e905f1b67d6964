import fc from "fast-check";
import { expect, test } from "vitest";
import type { Facts } from "../../../core/facts.ts";
import { window } from "../../../core/gates/window.ts";
import { UNPACED } from "../../../core/pace/settings.ts";
import { FACTS, JANE } from "../given.ts";
import { mayLeave, shown } from "../opening/oracle.ts";
import { seen } from "./given-gate.ts";

const at = (iso: string, businessHoursOnly = true) =>
  window(seen({ now: Date.parse(iso), settings: { businessHoursOnly } }));

test("outside business hours it waits for the next opening in the tenant's zone", () => {
  expect(at("2026-11-27T16:00:00Z")).toMatchObject({
    verdict: "wait",
    reason: "outside_business_hours",
    until: Date.parse("2026-11-30T08:00:00Z"),
  });
});

test.each([
  ["inside business hours", "2026-11-27T15:59:59Z", true],
  ["at any hour, where the cadence doesn't care", "2026-11-28T03:00:00Z", false],
])("%s it is open", (_name, iso, businessHoursOnly) => {
  expect(at(iso, businessHoursOnly).verdict).toBe("pass");
});

const NOON = Date.parse("2026-11-23T12:00:00Z");
const ofMailbox = (timeZone: string | null): Facts["mailbox"] => ({
  id: "mbx_1",
  enabled: true,
  email: "ana@acme.example",
  pace: UNPACED,
  timeZone,
  unverifiedDomain: null,
});

test.each([
  [
    "the lead's, where it has one",
    "Asia/Tokyo",
    "America/New_York",
    "Asia/Tokyo",
    "lead",
    "the lead has a time zone of its own",
  ],
  [
    "else the mailbox's",
    null,
    "America/New_York",
    "America/New_York",
    "mailbox",
    "the lead has no time zone, the mailbox has one",
  ],
  [
    "else the tenant's",
    null,
    null,
    "Europe/Paris",
    "tenant",
    "the lead has no time zone, the mailbox has no time zone",
  ],
  [
    "the next one, where the first is no longer known",
    "Mars/Olympus",
    null,
    "Europe/Paris",
    "tenant",
    "the lead's time zone Mars/Olympus is not known here, the mailbox has no time zone",
  ],
])("the clock is %s, and the verdict says so and why", (_name, lead, mailbox, timeZone, zoneOf, zoneWhy) => {
  const context = seen({
    now: NOON,
    settings: { businessHoursOnly: true },
    facts: { mailbox: ofMailbox(mailbox) },
    enrollment: { lead: { ...JANE, timeZone: lead } },
  });
  expect(window(context).read).toMatchObject({ timeZone, zoneOf, zoneWhy });
});

test("at noon in Paris it is night in Tokyo", () => {
  const enrollment = { lead: { ...JANE, timeZone: "Asia/Tokyo" } };
  const verdict = window(seen({ now: NOON, settings: { businessHoursOnly: true }, enrollment }));
  expect(verdict).toMatchObject({ verdict: "wait", until: Date.parse("2026-11-24T00:00:00Z") });
});

test.each([
  [
    "a blackout date of the cadence",
    { blackoutDates: [{ from: "2026-11-23" }] },
    [],
    "blackout_date",
    "2026-11-23T23:00:00Z",
  ],
  [
    "blackout dates of the tenant",
    {},
    [{ from: "2026-11-20", to: "2026-11-25" }],
    "blackout_date",
    "2026-11-25T23:00:00Z",
  ],
  [
    "windows that are closed",
    { sendingWindows: [{ days: ["fri"], from: "10:00", to: "11:00" }] },
    [],
    "outside_sending_windows",
    "2026-11-27T09:00:00Z",
  ],
  ["a holiday of the lead's country", { holidayCalendars: ["lead"] }, [], "holiday", "2026-11-23T23:00:00Z"],
  ["a holiday of a named country", { holidayCalendars: ["CH", "JP"] }, [], "holiday", "2026-11-23T23:00:00Z"],
] as const)("it waits for the end of %s", (_name, settings, blackoutDates, reason, until) => {
  const context = seen({
    now: NOON, // Labour Thanksgiving Day in Japan.
    settings,
    facts: { tenant: { ...FACTS.tenant, blackoutDates } },
    enrollment: { lead: { ...JANE, country: "JP" } },
  });
  expect(window(context)).toMatchObject({ verdict: "wait", reason, until: Date.parse(until) });
});

test("closed for more than a year it says so, and looks again the next day", () => {
  const blackoutDates = [
    { from: "2026-11-01", to: "2027-10-31" },
    { from: "2027-11-01", to: "2028-10-31" },
  ];
  expect(window(seen({ now: NOON, settings: { blackoutDates } }))).toMatchObject({
    verdict: "wait",
    reason: "no_window_in_a_year",
    until: Date.parse("2026-11-23T23:00:00Z"),
  });
});

test("what waits for one opening leaves spread over it, each enrollment at the same time whenever it is asked", () => {
  const waits = (id: string) => {
    const verdict = window(
      seen({
        now: Date.parse("2026-11-29T11:00:00Z"),
        settings: { businessHoursOnly: true, jitterMinutes: 60 },
        enrollment: { id },
      }),
    );
    return verdict.verdict === "wait" ? verdict.until - Date.parse("2026-11-30T08:00:00Z") : -1;
  };
  const spread = Array.from({ length: 600 }, (_none, index) => waits(`enr_${index}`));
  expect(waits("enr_0")).toBe(spread[0]);
  expect(Math.min(...spread)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...spread)).toBeLessThan(3600_000);
  for (let tenth = 0; tenth < 10; tenth++) {
    const inTenth = spread.filter((later) => Math.floor(later / 360_000) === tenth).length;
    expect(inTenth).toBeGreaterThan(30);
    expect(inTenth).toBeLessThan(90);
  }
});

test("with whatever jitter, until is never in the past, outside a window or on a closed day", () => {
  const given = fc.record({
    now: fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2031, 11, 31) }),
    zone: fc.constantFrom(...Intl.supportedValuesOf("timeZone")),
    id: fc.string(),
    jitterMinutes: fc.nat(24 * 60),
    from: fc.nat(23),
    hours: fc.integer({ min: 1, max: 6 }),
    closedAfterDays: fc.nat(3),
  });
  fc.assert(
    fc.property(given, ({ now, zone, id, jitterMinutes, from, hours, closedAfterDays }) => {
      const clock = (hour: number) => `${String(Math.min(hour, 24)).padStart(2, "0")}:00`;
      const windows = [{ days: ["mon", "wed", "sun"] as const, from: clock(from), to: clock(from + hours) }];
      const closed = shown(now + closedAfterDays * 24 * 3600_000, zone).day;
      const verdict = window(
        seen({
          now,
          settings: { sendingWindows: windows, blackoutDates: [{ from: closed }], jitterMinutes },
          enrollment: { id, lead: { ...JANE, timeZone: zone } },
        }),
      );
      const leaves = verdict.verdict === "wait" ? verdict.until : now;
      const times = { windows, closedOn: (day: string) => (day === closed ? ("blackout_date" as const) : null) };
      expect(leaves).toBeGreaterThanOrEqual(now);
      expect(mayLeave(leaves, zone, times)).toBe(true);
    }),
    { seed: 1, numRuns: 1_000 },
  );
});

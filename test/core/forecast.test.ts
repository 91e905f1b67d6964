import fc from "fast-check";
import { expect, test } from "vitest";
import { type Bounds, forecast, type Standing } from "../../core/forecast.ts";
import { cadence, DAY, HOUR, T } from "./given.ts";

const BOUNDS: Bounds = {
  timeZone: "Europe/Paris",
  blackoutDates: [],
  takenToday: 0,
  tenantRoom: {},
  mailboxRoom: {},
};

const standing = (more: Partial<Standing> = {}): Standing => ({
  ...{ count: 1, mailboxId: "mbx_1", version: 1, step: 0, dueAt: T, timeZone: "Europe/Paris", country: null },
  hasSlot: false,
  ...more,
});

const sum = (days: ReturnType<typeof forecast>["days"]) =>
  days.map(({ byMailbox }) => Object.values(byMailbox).reduce((all, n) => all + n, 0));

test("the cap of each day, the mailbox's own and what is taken today are kept, and nobody is lost", () => {
  fc.assert(
    fc.property(
      fc.record({
        cap: fc.integer({ min: 1, max: 40 }),
        taken: fc.integer({ min: 0, max: 50 }),
        mailboxCap: fc.integer({ min: 0, max: 30 }),
        groups: fc.array(
          fc.record({
            count: fc.integer({ min: 1, max: 60 }),
            dueAt: fc.integer({ min: T - DAY, max: T + 10 * DAY }),
            mailboxId: fc.constantFrom("mbx_1", "mbx_2"),
          }),
          { maxLength: 12 },
        ),
      }),
      ({ cap, taken, mailboxCap, groups }) => {
        const versions = { 1: cadence([{}], { dailySendCap: cap }) };
        const free = forecast([], versions, BOUNDS, T, 14).days.map(({ day }) => day);
        const mailboxRoom = { mbx_1: Object.fromEntries(free.map((day) => [day, mailboxCap])) };
        const bounds = { ...BOUNDS, takenToday: taken, mailboxRoom };
        const { days, putOff } = forecast(groups.map(standing), versions, bounds, T, 14);
        const totals = sum(days);
        for (const [day, n] of totals.entries())
          expect(n).toBeLessThanOrEqual(day === 0 ? Math.max(cap - taken, 0) : cap);
        for (const { byMailbox } of days) expect(byMailbox["mbx_1"] ?? 0).toBeLessThanOrEqual(mailboxCap);
        const all = groups.reduce((n, { count }) => n + count, 0);
        expect(totals.reduce((a, b) => a + b, putOff)).toBe(all);
      },
    ),
    { numRuns: 300 },
  );
});

test("the control: without the cap more go out than it allows", () => {
  const without = forecast([standing({ count: 60 })], { 1: cadence([{}], { dailySendCap: 1_000 }) }, BOUNDS, T, 14);
  expect(sum(without.days)[0]).toBe(60);
});

test("who has a place in the count already is not counted twice", () => {
  const versions = { 1: cadence([{}], { dailySendCap: 5 }) };
  const { days } = forecast(
    [standing({ count: 3, hasSlot: true }), standing({ count: 9 })],
    versions,
    { ...BOUNDS, takenToday: 3 },
    T,
    14,
  );
  expect(sum(days).slice(0, 4)).toEqual([5, 5, 2, 0]);
});

test("what goes by LinkedIn, or is a person's, uses up no mailbox", () => {
  const versions = { 1: cadence([{ kind: "linkedin_connect" }, { kind: "email" }]) };
  const bounds = { ...BOUNDS, mailboxRoom: { mbx_1: { "2026-11-23": 1, "2026-11-24": 1 } } };
  const { days } = forecast([standing({ count: 2, mailboxId: "mbx_1" })], versions, bounds, T, 2);
  expect(days.map(({ byMailbox }) => byMailbox)).toEqual([{ "": 2, mbx_1: 1 }, { mbx_1: 1 }]);
});

test("2,000 groups of fifty, over five steps, are reckoned with in less than two seconds", () => {
  const steps = [{}, { delayDays: 2 }, { delayDays: 2 }, { delayDays: 2 }, { delayDays: 2 }];
  const versions = { 1: cadence(steps, { dailySendCap: 7_000, businessHoursOnly: true }) };
  const zones = ["Europe/Paris", "America/New_York", "Asia/Tokyo", "Australia/Sydney"];
  const groups = Array.from({ length: 2_000 }, (_, n) =>
    standing({ count: 50, dueAt: T + (n % 200) * HOUR, timeZone: zones[n % 4] ?? "UTC" }),
  );
  const from = performance.now();
  const { days } = forecast(groups, versions, BOUNDS, T, 14);
  const tookMs = performance.now() - from;
  console.log(`2,000 groups: ${Math.round(tookMs)} ms`);
  expect(Math.max(...sum(days))).toBe(7_000);
  expect(tookMs).toBeLessThan(2_000);
});

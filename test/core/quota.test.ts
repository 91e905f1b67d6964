import { describe, expect, test } from "vitest";
import { levelOf, monthAfter, monthIn, startOfMonth } from "../../core/quota.ts";

describe("a month of the plan", () => {
  test.each([
    ["2026-11-30T22:59:59Z", "Europe/Paris", "2026-11"],
    ["2026-11-30T23:00:00Z", "Europe/Paris", "2026-12"],
    ["2026-12-01T07:59:59Z", "America/Los_Angeles", "2026-11"],
    ["2026-12-31T11:00:00Z", "Pacific/Auckland", "2027-01"],
  ])("%s in %s is %s", (at, zone, month) => {
    expect(monthIn(Date.parse(at), zone)).toBe(month);
  });

  test.each([
    ["2026-11", "2026-12"],
    ["2026-12", "2027-01"],
    ["2027-01", "2027-02"],
    ["2026-09", "2026-10"],
  ])("%s is followed by %s", (month, next) => {
    expect(monthAfter(month)).toBe(next);
  });

  test("begins at midnight of the tenant's clock, and where that is skipped with the hour after", () => {
    expect(new Date(startOfMonth("2026-12", "Europe/Paris")).toISOString()).toBe("2026-11-30T23:00:00.000Z");
    // In Paraguay clocks were set at midnight of 1 October 2023.
    expect(new Date(startOfMonth("2023-10", "America/Asuncion")).toISOString()).toBe("2023-10-01T04:00:00.000Z");
  });
});

test.each([
  [{ used: 0, limit: null }, 0],
  [{ used: 1_000, limit: null }, 0],
  [{ used: 79, limit: 100 }, 0],
  [{ used: 80, limit: 100 }, 80],
  [{ used: 99, limit: 100 }, 80],
  [{ used: 100, limit: 100 }, 100],
  [{ used: 130, limit: 100 }, 100],
  [{ used: 0, limit: 1 }, 0],
  [{ used: 1, limit: 1 }, 100],
  [{ used: 0, limit: 0 }, 100],
] as const)("of %o is told %i percent", (quota, percent) => {
  expect(levelOf(quota)).toBe(percent);
});

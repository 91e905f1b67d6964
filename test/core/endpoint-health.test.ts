import { describe, expect, test } from "vitest";
import { type FailingSpell, healthChange } from "../../core/endpoint-health.ts";
import { DAY, HOUR, T } from "./given.ts";

/** Plays requests that all fail, at these times; answers what the last one meant. */
function failingAt(...times: readonly number[]): string {
  const start: { readonly change: string; readonly spell: FailingSpell | null } = { change: "none", spell: null };
  return times.reduce(({ spell }, now) => {
    const change = healthChange(spell, false, now);
    const noted = { since: spell?.since ?? now, days: (spell?.days ?? 0) + 1, lastDay: Math.floor(now / DAY) };
    return { change, spell: change === "began_failing" ? noted : spell };
  }, start).change;
}

describe("an endpoint", () => {
  test("that failed twice with five quiet days between stays on", () => {
    expect(failingAt(T, T + 5 * DAY)).toBe("began_failing");
    expect(failingAt(T, T + 5 * DAY, T + 5 * DAY + HOUR)).toBe("none");
  });

  test("that failed all day long, was quiet for five days and failed once stays on", () => {
    expect(failingAt(...Array.from({ length: 50 }, (_, n) => T + n * 60_000), T + 6 * DAY)).toBe("began_failing");
  });

  test("that failed day after day is switched off after 120 hours, and not before", () => {
    const daily = [0, 1, 2, 3, 4].map((n) => T + n * DAY);
    expect(failingAt(...daily)).toBe("began_failing");
    expect(failingAt(...daily, T + 5 * DAY - 1)).not.toBe("disable");
    expect(failingAt(...daily, T + 5 * DAY)).toBe("disable");
  });

  test("that works on weekdays only is switched off on its fifth bad day", () => {
    const friday = T + 4 * DAY;
    const bad = [friday, friday + 3 * DAY, friday + 4 * DAY, friday + 5 * DAY];
    expect(failingAt(...bad)).toBe("began_failing");
    expect(failingAt(...bad, friday + 6 * DAY)).toBe("disable");
  });

  test("that answers once is forgiven everything", () => {
    expect(healthChange({ since: T, days: 40, lastDay: 0 }, true, T + 40 * DAY)).toBe("recovered");
    expect(healthChange(null, true, T)).toBe("none");
  });
});

import { expect, test } from "vitest";
import { sayRamp, saySeconds } from "../../../dashboard/src/ui/say-pace.ts";

test("A ramp is told by how it begins and when it is at its top", () => {
  expect(sayRamp({ start: 10, step: 5, ceiling: 50 })).toBe("10, 15, 20 … and 50 from day 9 on.");
  expect(sayRamp({ start: 10, step: 100, ceiling: 50 })).toBe("10 … and 50 from day 2 on.");
  expect(sayRamp({ start: 50, step: 5, ceiling: 50 })).toBe("50 a day from the first day on.");
});

test("Seconds are told in the unit that one thinks in", () => {
  expect([1, 90, 300, 7200, 86_400].map(saySeconds)).toEqual([
    "1 second",
    "90 seconds",
    "5 minutes",
    "2 hours",
    "24 hours",
  ]);
});

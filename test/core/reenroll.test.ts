import { expect, test } from "vitest";
import { reenrollableAt } from "../../core/reenroll.ts";
import { DAY, T } from "./given.ts";

test.each([
  ["never", null],
  ["always", T],
  [{ afterDays: 1 }, T + DAY],
  [{ afterDays: 90 }, T + 90 * DAY],
] as const)("by %o somebody whose enrollment ended may be enrolled again from then on", (policy, from) => {
  expect(reenrollableAt(policy, T)).toBe(from);
});

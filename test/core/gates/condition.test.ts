import { expect, test } from "vitest";
import { condition } from "../../../core/gates/condition.ts";
import { HOUR, T } from "../given.ts";
import { seen } from "./given-gate.ts";

const replied = (lastAt: number | null) => ({
  repliesFrom: T,
  replies: { count: lastAt === null ? 0 : 1, lastAt, latest: lastAt === null ? null : 1, seen: [], recent: [] },
});

test.each([
  ["none", null, T + HOUR, "pass"],
  ["never_replied", null, null, "pass"],
  ["never_replied", null, T - HOUR, "skip"],
  ["no_reply_to_prev", null, null, "pass"],
  ["no_reply_to_prev", "before the step before", T - 1, "pass"],
  ["no_reply_to_prev", "as the step before began", T, "skip"],
  ["no_reply_to_prev", "after it", T + HOUR, "skip"],
])("condition %s, reply %s: %s %s", (name, _when, lastAt, expected) => {
  const step = name === "none" ? {} : { condition: name };
  expect(condition(seen({ step, enrollment: replied(lastAt), now: T + 2 * HOUR })).verdict).toBe(expected);
});

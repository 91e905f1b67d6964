import { expect, test } from "vitest";
import type { LogEntry } from "../../../core/contract/log.ts";
import { sayEntry } from "../../../dashboard/src/features/enrollments/say-entry.ts";
import { factsOf, gateWhy } from "../../../dashboard/src/features/enrollments/say-gate.ts";

const entry = (change: Partial<LogEntry>) =>
  ({ step: 0, attempt: 1, detail: {}, redeliveryOf: null, ...change }) as LogEntry;
const title = (change: Partial<LogEntry>) => sayEntry(entry(change)).title;

test("what happened is said in plain words", () => {
  const asked = { kind: "exchange", what: "cadence.step.draft.requested" } as const;
  expect(title({ ...asked, outcome: "answered", status: 200, decision: "body" })).toBe(
    "The endpoint wrote the draft of step 1",
  );
  expect(title({ ...asked, outcome: "http_500", status: 500, decision: "try again", attempt: 3 })).toBe(
    "The endpoint failed for step 1, attempt 3: HTTP 500",
  );
  expect(title({ ...asked, outcome: "timeout", status: null, decision: "given up" })).toContain("no answer in time");
  expect(title({ kind: "message", what: "out" })).toBe("Step 1 was sent");
  expect(title({ kind: "message", what: "in", detail: { classification: { kind: "human" } } })).toBe(
    "The lead replied",
  );
  expect(title({ kind: "note", what: "exited", detail: { reason: "replied" } })).toBe(
    "The enrollment ended: they replied",
  );
  expect(title({ kind: "note", what: "held", detail: { reason: "review_requested" } })).toContain("to be looked at");
});

test("what is new here is said in the engine's own words", () => {
  expect(title({ kind: "note", what: "moon_phase_changed" })).toBe("Moon phase changed");
  expect(title({ kind: "exchange", what: "cadence.new.thing", status: 200 })).toBe(
    "Told the endpoint cadence.new.thing",
  );
});

test("a gate says why, with the facts that it read", () => {
  const gate = { gate: "window", verdict: "wait", detail: null, until: null } as const;
  const read = { timeZone: "Europe/Paris", zoneWhy: "the lead has a time zone of its own" };
  expect(gateWhy({ ...gate, reason: "outside_business_hours", read })).toBe(
    "It is outside business hours in Europe/Paris: the lead has a time zone of its own.",
  );
  expect(gateWhy({ ...gate, reason: "moon_is_full", read })).toBe("Moon is full.");
});

test("facts are laid flat, and times among them are known", () => {
  expect(
    factsOf({ endpoint: { id: "end_1", enabled: true }, repliesCountFrom: 1_795_287_669_393, sendingWindows: [] }),
  ).toEqual([
    { name: "endpoint, id", value: "end_1", at: null },
    { name: "endpoint, enabled", value: "yes", at: null },
    { name: "replies count from", value: "", at: "2026-11-21T19:01:09.393Z" },
    { name: "sending windows", value: "none", at: null },
  ]);
});

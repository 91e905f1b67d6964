import { expect, test } from "vitest";
import { endpoint } from "../../../core/gates/endpoint.ts";
import { seen } from "./given-gate.ts";

const OFF = { endpoint: { id: "end_1", enabled: false, disabledReason: "answered 410 Gone" } };

test.each([
  ["a step that asks it, enabled", {}, {}, "pass"],
  ["a step that asks it, none there", { endpoint: null }, {}, "endpoint_missing"],
  ["a step that asks it, disabled", OFF, {}, "endpoint_disabled"],
  ["a static step, none there", { endpoint: null }, { draftStrategy: "static", staticBody: "Hi" }, "pass"],
  ["a static step, disabled", OFF, { draftStrategy: "static", staticBody: "Hi" }, "pass"],
])("%s: %#", (_name, facts, step, expected) => {
  const verdict = endpoint(seen({ facts, step }));
  expect(verdict.verdict === "hold" ? verdict.reason : verdict.verdict).toBe(expected);
});

test("the reason why it was disabled is told", () => {
  expect(endpoint(seen({ facts: OFF }))).toMatchObject({ detail: "endpoint end_1 is disabled: answered 410 Gone" });
});

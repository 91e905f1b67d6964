import { expect, test } from "vitest";
import { suppression } from "../../../core/gates/suppression.ts";
import { seen } from "./given-gate.ts";

test.each(["address", "domain"] as const)("who is suppressed by %s is never written to", (scope) => {
  expect(suppression(seen({ facts: { suppressed: { scope, reason: "unsubscribed" } } }))).toMatchObject({
    verdict: "stop",
    reason: "suppressed",
    detail: `the lead's ${scope} is suppressed: unsubscribed`,
  });
});

test("everybody else may be", () => {
  expect(suppression(seen()).verdict).toBe("pass");
});

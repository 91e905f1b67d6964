import { expect, test } from "vitest";
import type { Funnel } from "../../../core/contract/funnel.ts";
import { sentByStep } from "../../../dashboard/src/features/cadences/funnel.ts";

test("the small funnel has a bar for each step that can send, also where it has sent nothing yet", () => {
  const step = (kind: "email" | "wait", sent: number) => ({ kind, sent });
  const funnel = { steps: [step("email", 15), step("wait", 0), step("email", 6), step("email", 0)] };
  expect(sentByStep(funnel as unknown as Funnel)).toEqual([15, 6, 0]);
});

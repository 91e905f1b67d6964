import { expect, test } from "vitest";
import { classifyMessage } from "../../../core/linkedin/classify-message.ts";

test.each([
  ["What does it cost?", "human"],
  ["Thanks, I unsubscribed from a newsletter like yours last week and miss it.", "human"],
  ["Please remove me from your list.", "unsubscribe"],
  ["Stop messaging me.", "unsubscribe"],
  ["👍", "human"],
])("%s is %s", (text, kind) => {
  expect(classifyMessage(text)).toMatchObject({ kind, confidence: expect.any(Number) });
});

test("nothing that is said there pauses a cadence for want of certainty that a person wrote it", () => {
  expect(classifyMessage("ok").confidence).toBeGreaterThanOrEqual(0.8);
});

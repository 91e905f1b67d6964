import { expect, test } from "vitest";
import { tasked } from "../../../support/tasks.ts";

test("a skipped task is passed over, with the reason", async () => {
  const { ask, taskId } = await tasked();
  const { status, body } = await ask.post(`/v1/tasks/${taskId}/skip`, { reason: "on leave" });
  expect(status).toBe(200);
  expect(body.outcomes).toMatchObject([{ outcome: "skipped", reason: "on leave" }]);
});

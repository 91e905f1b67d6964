import { expect, test } from "vitest";
import { MESSAGE_STEP, TASK_STEP, tasked, taskOf } from "../../../support/tasks.ts";

test("a message to somebody who isn't connected waits for that, and is there anew when they are", async () => {
  const { ask, taskId, enrollmentId } = await tasked([MESSAGE_STEP]);
  const { status, body } = await ask.post(`/v1/tasks/${taskId}/not-connected`);
  expect([status, body.task, body.linkedin.isConnected]).toEqual([200, null, false]);
  await ask.post(`/v1/enrollments/${enrollmentId}/connected`);
  expect(await taskOf(ask, enrollmentId)).not.toBe(taskId);
});

test("of anything but a message it says what to say instead", async () => {
  const { ask, taskId } = await tasked([TASK_STEP]);
  const { status, body } = await ask.post(`/v1/tasks/${taskId}/not-connected`);
  expect([status, body.code]).toEqual([409, "conflict"]);
  expect(body.detail).toContain("done or skip");
});

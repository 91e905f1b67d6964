import { expect, test } from "vitest";
import { tasked } from "../../../support/tasks.ts";

test.each(["done", "skip", "not-connected"])("%s of a task that is done already says so", async (verb) => {
  const { ask, taskId } = await tasked();
  expect((await ask.post(`/v1/tasks/${taskId}/done`)).status).toBe(200);
  const { status, body } = await ask.post(`/v1/tasks/${taskId}/${verb}`);
  expect([status, body.code]).toEqual([409, "no_task"]);
  expect((await ask.get(`/v1/tasks/${taskId}`)).status).toBe(404);
});

test("a paused enrollment's task may be done all the same: it happened", async () => {
  const { ask, taskId, enrollmentId } = await tasked();
  await ask.post(`/v1/enrollments/${enrollmentId}/pause`);
  expect((await ask.get(`/v1/tasks/${taskId}`)).body.isPaused).toBe(true);
  expect((await ask.post(`/v1/tasks/${taskId}/done`)).status).toBe(200);
});

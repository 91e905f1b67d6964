import { expect, test, vi } from "vitest";
import { listed, MESSAGE_STEP, TASK_STEP, tasked } from "../../../support/tasks.ts";

test("a task that is done moves the cadence on, and stands in the conversation as what was really said", async () => {
  const { ask, taskId, enrollmentId } = await tasked([MESSAGE_STEP, { ...TASK_STEP, delayDays: 2 }]);
  const { status, body } = await ask.post(`/v1/tasks/${taskId}/done`, { text: "Hi Jane, as I said" });
  expect([status, body.currentStep, body.task]).toEqual([200, 1, null]);
  expect(body.outcomes).toMatchObject([{ step: 0, outcome: "sent" }]);
  await listed(ask, 0);
  const message = await vi.waitFor(
    async () => {
      const said = (await ask.get(`/v1/enrollments/${enrollmentId}/messages`)).body.data[0];
      expect(said).toBeDefined();
      return said;
    },
    { timeout: 10_000 },
  );
  expect(message).toMatchObject({ direction: "out", channel: "linkedin", text: "Hi Jane, as I said" });
  expect(message.detail).not.toHaveProperty("channel");
});

test("without a body it was done as it stood", async () => {
  const { ask, taskId } = await tasked();
  const { status, body } = await ask.post(`/v1/tasks/${taskId}/done`);
  expect([status, body.state]).toEqual([200, "completed"]);
});

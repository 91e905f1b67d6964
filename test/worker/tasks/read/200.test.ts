import { expect, test } from "vitest";
import { MESSAGE_STEP, tasked } from "../../../support/tasks.ts";

test("a task says what is to be done, for whom and until when", async () => {
  const { ask, taskId, enrollmentId, cadenceId } = await tasked();
  const { status, body } = await ask.get(`/v1/tasks/${taskId}`);
  expect(status).toBe(200);
  expect(body).toMatchObject({
    ...{ id: taskId, kind: "task", enrollmentId, cadenceId, step: 0, leadName: "Jane Doe", isOverdue: false },
    ...{ text: "Call Jane", notes: "In the morning", subject: null, reply: null, reminders: 0, isPaused: false },
    leadLinkedinUrl: "https://www.linkedin.com/in/jane-doe",
  });
  expect(Date.parse(body.dueAt) - Date.parse(body.createdAt)).toBe(24 * 3600_000);
});

test("the enrollment shows its task, and the account that it is done by", async () => {
  const { ask, taskId, enrollmentId, accountId } = await tasked([MESSAGE_STEP]);
  const { body } = await ask.get(`/v1/enrollments/${enrollmentId}`);
  expect(body).toMatchObject({ phase: "tasked", sessionId: accountId, task: { draftId: taskId } });
  expect(body.task.kind).toBe("linkedin_message");
  expect(body.linkedin).toEqual({
    ...{ accountId, profileId: null, isConnected: null, invitedAt: null },
    ...{ acceptedAt: null, withdrawnAt: null, unreachable: null },
  });
});

test.each(["drf_aaaaaaaaaaaaaaaa_0_1", "nonsense"])("%s is no task", async (id) => {
  const { ask } = await tasked();
  expect((await ask.get(`/v1/tasks/${id}`)).status).toBe(404);
});

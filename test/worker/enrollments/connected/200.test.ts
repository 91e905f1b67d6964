import { expect, test } from "vitest";
import { CONNECT_STEP, MESSAGE_STEP, tasked, taskOf } from "../../../support/tasks.ts";

test("an invitation that a person saw accepted lets the message after it go on; said again it changes nothing", async () => {
  const { ask, taskId, enrollmentId } = await tasked([CONNECT_STEP, { ...MESSAGE_STEP, condition: "after_accept" }]);
  const { body: invited } = await ask.post(`/v1/tasks/${taskId}/done`);
  expect(invited.linkedin).toMatchObject({ isConnected: false, invitedAt: expect.any(String), acceptedAt: null });
  const accepted = await ask.post(`/v1/enrollments/${enrollmentId}/connected`);
  expect([accepted.status, accepted.body.linkedin.isConnected]).toEqual([200, true]);
  expect(accepted.body.linkedin.acceptedAt).not.toBeNull();
  expect((await ask.get(`/v1/tasks/${await taskOf(ask, enrollmentId)}`)).body.kind).toBe("linkedin_message");
  const again = await ask.post(`/v1/enrollments/${enrollmentId}/connected`);
  expect(again.body.linkedin).toEqual(accepted.body.linkedin);
});

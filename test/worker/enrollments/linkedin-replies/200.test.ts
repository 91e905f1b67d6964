import { expect, test, vi } from "vitest";
import { enrolled } from "../../../support/cadences.ts";
import { MESSAGE_STEP, TASK_STEP, tasked } from "../../../support/tasks.ts";

test("what a person saw on LinkedIn is a reply, and ends the cadence", async () => {
  const { ask, enrollmentId, taskId } = await tasked([MESSAGE_STEP]);
  const { status, body } = await ask.post(`/v1/enrollments/${enrollmentId}/linkedin-replies`, {
    text: "Yes, tell me more",
  });
  expect([status, body.state, body.exitReason, body.replyCount]).toEqual([200, "exited", "replied", 1]);
  expect((await ask.post(`/v1/tasks/${taskId}/done`)).body.code).toBe("no_task");
  await vi.waitFor(
    async () => {
      const { data } = (await ask.get(`/v1/enrollments/${enrollmentId}/messages`)).body;
      expect(data).toMatchObject([{ direction: "in", channel: "linkedin", text: "Yes, tell me more" }]);
      expect((await ask.get(`/v1/inbound/${data[0].inboundId}`)).body.channel).toBe("linkedin");
      expect((await ask.get("/v1/threads")).body.data).toMatchObject([{ lastChannel: "linkedin", lastKind: "human" }]);
    },
    { timeout: 10_000 },
  );
});

test("told twice within the minute it is one reply; another text is another", async () => {
  const { ask, enrollmentId } = await tasked([MESSAGE_STEP]);
  const path = `/v1/enrollments/${enrollmentId}/linkedin-replies`;
  const at = new Date().toISOString();
  await ask.post(path, { text: "Yes", at });
  expect((await ask.post(path, { text: "Yes", at })).body.replyCount).toBe(1);
  expect((await ask.post(path, { text: "Really yes", at })).body.replyCount).toBe(2);
});

test("where no account acts, it says what to do", async () => {
  const { ask, cadenceId } = await tasked([TASK_STEP]);
  const id = await enrolled(ask, cadenceId, { leadExternalId: "b", leadEmail: null });
  const { status, body } = await ask.post(`/v1/enrollments/${id}/linkedin-replies`, { text: "Yes" });
  expect([status, body.code]).toEqual([409, "conflict"]);
  expect(body.detail).toContain("sessionId");
});

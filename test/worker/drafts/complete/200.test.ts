import { afterEach, expect, test } from "vitest";
import { ring, sandboxMail } from "../../../support/enrollment.ts";
import { restingDraft, wakeUp } from "../../../support/held.ts";
import { api } from "../../../support/worker.ts";

afterEach(wakeUp);

const later = () => new Response(null, { status: 202 });

test("after a 202 the answer comes to the completion URL, without an API key, and is sent", async () => {
  const { completionPath, draftId, enrollmentId, stub } = await restingDraft(later);
  const { status, body } = await api(null).post(completionPath, {
    subject: "A question",
    body: "At last",
    model: "extra keys are fine",
  });
  expect([status, body]).toEqual([200, { ok: true, id: draftId }]);
  await ring(stub);
  expect((await sandboxMail(enrollmentId)).map(({ subject }) => subject)).toEqual(["A question"]);
});

test("the same answer again is fine and changes nothing", async () => {
  const { completionPath, enrollmentId, stub } = await restingDraft(later);
  const answer = { subject: "A question", body: "At last" };
  await api(null).post(completionPath, answer);
  await ring(stub);
  expect((await api(null).post(completionPath, answer)).status).toBe(200);
  await ring(stub);
  expect(await sandboxMail(enrollmentId)).toHaveLength(1);
});

test.each([
  [{ skip: true, reason: "no" }, "active"],
  [{ stop: true }, "exited"],
  [{ defer: { untilSeconds: 3600 } }, "active"],
  [{ subject: "A", body: "B", review: true }, "held"],
])("%j is taken as it would be from the webhook itself", async (answer, state) => {
  const { completionPath, ask, enrollmentId } = await restingDraft(later);
  expect((await api(null).post(completionPath, answer)).status).toBe(200);
  expect((await ask.get(`/v1/enrollments/${enrollmentId}`)).body.state).toBe(state);
});

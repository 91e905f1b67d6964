import { afterEach, expect, test } from "vitest";
import { restingDraft, wakeUp } from "../../../support/held.ts";

afterEach(wakeUp);

test("a held draft shows its words, and why and since when it is held", async () => {
  const { ask, draftId, enrollmentId } = await restingDraft();
  const { status, body } = await ask.get(`/v1/drafts/${draftId}`);
  expect(status).toBe(200);
  expect(body).toMatchObject({
    id: draftId,
    enrollmentId,
    about: "step",
    stepIndex: 0,
    status: "held",
    heldReason: "review_requested",
    subject: "A question",
    body: "Hello",
    source: "webhook",
    attempt: 1,
    outcome: null,
  });
  expect((await ask.get(`/v1/enrollments/${enrollmentId}`)).body).toMatchObject({
    state: "held",
    draftId,
    heldReason: "review_requested",
  });
});

test("a draft that is over says what became of its step", async () => {
  const { ask, draftId } = await restingDraft();
  await ask.post(`/v1/drafts/${draftId}/skip`);
  expect((await ask.get(`/v1/drafts/${draftId}`)).body).toMatchObject({
    status: "settled",
    outcome: "skipped",
    body: null,
  });
});

test("a promised answer is waited for", async () => {
  const { ask, draftId } = await restingDraft(() => new Response(null, { status: 202 }));
  expect((await ask.get(`/v1/drafts/${draftId}`)).body).toMatchObject({
    status: "expecting",
    body: null,
    expiresAt: expect.stringMatching(/^2026-11-24T10:00:00/),
  });
});

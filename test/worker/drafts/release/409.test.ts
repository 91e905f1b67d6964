import { afterEach, expect, test } from "vitest";
import { restingDraft, wakeUp } from "../../../support/held.ts";

afterEach(wakeUp);

test.each(["release", "retry", "skip"])("%s on a draft that isn't held says so", async (verb) => {
  const { ask, draftId } = await restingDraft();
  await ask.post(`/v1/drafts/${draftId}/skip`);
  const { status, body } = await ask.post(`/v1/drafts/${draftId}/${verb}`);
  expect([status, body.code]).toEqual([409, "not_held"]);
});

test("where there is no text, release says what else can be done", async () => {
  const { ask, draftId } = await restingDraft(() => new Response(null, { status: 404 }), {
    steps: [{ kind: "email" }],
  });
  const { status, body } = await ask.post(`/v1/drafts/${draftId}/release`);
  expect([status, body.code]).toEqual([409, "nothing_to_release"]);
  expect((await ask.post(`/v1/drafts/${draftId}/edit`, { subject: "By hand", body: "By hand" })).status).toBe(200);
  expect((await ask.post(`/v1/drafts/${draftId}/release`)).status).toBe(200);
});

test("settle is for doubtful sends only", async () => {
  const { ask, draftId } = await restingDraft();
  const { status, body } = await ask.post(`/v1/drafts/${draftId}/settle`, { arrived: true });
  expect([status, body.code]).toEqual([409, "not_held"]);
});

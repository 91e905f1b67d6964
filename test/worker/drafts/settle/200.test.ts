import { afterEach, expect, test } from "vitest";
import { ring, sandboxMail } from "../../../support/enrollment.ts";
import { doubtful, wakeUp } from "../../../support/held.ts";

afterEach(wakeUp);

test.each(["held", "ready"] as const)("a doubt is shown, and a person can end it while it is %s", async (phase) => {
  const { ask, draftId, enrollmentId, stub } = await doubtful(phase);
  const { body } = await ask.get(`/v1/enrollments/${enrollmentId}`);
  expect(body.inDoubt).toMatchObject([{ draftId, detail: "the line broke" }]);
  expect(body.inDoubt[0].repeatsAt === null).toBe(phase === "held");
  const settled = await ask.post(`/v1/drafts/${draftId}/settle`, { arrived: true });
  expect([settled.status, settled.body.state, settled.body.inDoubt]).toEqual([200, "completed", []]);
  await ring(stub);
  expect(await sandboxMail(enrollmentId)).toEqual([]);
});

test("it arrived: the step is done and nothing is sent again", async () => {
  const { ask, draftId, enrollmentId, stub } = await doubtful();
  const { status, body } = await ask.post(`/v1/drafts/${draftId}/settle`, { arrived: true });
  expect([status, body.state]).toEqual([200, "completed"]);
  expect(body.outcomes).toMatchObject([{ step: 0, outcome: "sent", draftId }]);
  await ring(stub);
  expect(await sandboxMail(enrollmentId)).toEqual([]);
});

test("it didn't: it is sent again, as a new message with a key of its own", async () => {
  const { ask, draftId, enrollmentId, stub } = await doubtful();
  expect((await ask.post(`/v1/drafts/${draftId}/settle`, { arrived: false })).body).toMatchObject({
    state: "active",
    phase: "ready",
  });
  await ring(stub);
  expect((await sandboxMail(enrollmentId)).map((mail) => mail.send_key)).toEqual([`dh-${enrollmentId.slice(4)}-0-1`]);
});

test("until then it can't be released or edited, only settled or skipped", async () => {
  const { ask, draftId } = await doubtful();
  expect((await ask.post(`/v1/drafts/${draftId}/release`)).body.code).toBe("conflict");
  expect((await ask.post(`/v1/drafts/${draftId}/edit`, { body: "x" })).body.code).toBe("conflict");
  expect((await ask.post(`/v1/drafts/${draftId}/skip`)).body.outcomes).toMatchObject([{ outcome: "ambiguous" }]);
});

import { afterEach, expect, test } from "vitest";
import { ring, sandboxMail } from "../../../support/enrollment.ts";
import { restingDraft, wakeUp } from "../../../support/held.ts";

afterEach(wakeUp);

test("a released draft goes as it is", async () => {
  const { ask, draftId, enrollmentId, stub } = await restingDraft();
  const { status, body } = await ask.post(`/v1/drafts/${draftId}/release`);
  expect([status, body.phase]).toEqual([200, "ready"]);
  await ring(stub);
  const mails = await sandboxMail(enrollmentId);
  expect(mails.map(({ subject }) => subject)).toEqual(["A question"]);
});

test("an edited draft stays held, and when released the new words go", async () => {
  const { ask, draftId, enrollmentId, stub } = await restingDraft();
  const edited = await ask.post(`/v1/drafts/${draftId}/edit`, { body: "Rewritten by hand" });
  expect([edited.status, edited.body.state]).toEqual([200, "held"]);
  expect((await ask.get(`/v1/drafts/${draftId}`)).body).toMatchObject({
    subject: "A question",
    body: "Rewritten by hand",
  });
  await ask.post(`/v1/drafts/${draftId}/release`);
  await ring(stub);
  const [mail] = await sandboxMail(enrollmentId);
  expect(mail?.raw).toContain("Rewritten by hand");
});

import { expect, test } from "vitest";
import { customer, enrolled, publishedCadence } from "../../../support/cadences.ts";
import { unmatchedMail } from "../../../support/inbox.ts";

test("attached by a person, a mail counts as any reply: it ends the cadence, once", async () => {
  const { ask, tenantId } = await customer();
  const enrollmentId = await enrolled(ask, await publishedCadence(ask));
  const mail = await unmatchedMail(tenantId);
  const { status, body } = await ask.post(`/v1/inbound/${mail}/attach`, { enrollmentId });
  expect(status).toBe(200);
  expect(body).toMatchObject({ status: "attached", enrollmentId, suggestedEnrollmentId: null });
  expect((await ask.get(`/v1/enrollments/${enrollmentId}`)).body).toMatchObject({
    state: "exited",
    exitReason: "replied",
    replyCount: 1,
  });
  expect((await ask.post(`/v1/inbound/${mail}/attach`, { enrollmentId })).status).toBe(200);
  expect((await ask.get(`/v1/enrollments/${enrollmentId}`)).body.replyCount).toBe(1);
  expect((await ask.get("/v1/inbound?status=attached")).body.data).toHaveLength(1);
});

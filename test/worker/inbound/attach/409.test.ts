import { expect, test } from "vitest";
import { customer, enrolled, publishedCadence } from "../../../support/cadences.ts";
import { unmatchedMail } from "../../../support/inbox.ts";

test("a mail that belongs to one enrollment can't be given to another", async () => {
  const { ask, tenantId } = await customer();
  const cadence = await publishedCadence(ask);
  const [one, two] = [
    await enrolled(ask, cadence, { leadExternalId: "a" }),
    await enrolled(ask, cadence, { leadExternalId: "b" }),
  ];
  const mail = await unmatchedMail(tenantId);
  await ask.post(`/v1/inbound/${mail}/attach`, { enrollmentId: one });
  const { status, body } = await ask.post(`/v1/inbound/${mail}/attach`, { enrollmentId: two });
  expect([status, body.code]).toEqual([409, "conflict"]);
  expect((await ask.get(`/v1/enrollments/${two}`)).body.replyCount).toBe(0);
});

import { expect, test } from "vitest";
import { customer, enrolled, publishedCadence } from "../../../support/cadences.ts";
import { unmatchedMail } from "../../../support/inbox.ts";

test("another tenant's enrollment is as good as none, and hears nothing", async () => {
  const [us, them] = [await customer(), await customer()];
  const theirs = await enrolled(them.ask, await publishedCadence(them.ask));
  const mail = await unmatchedMail(us.tenantId);
  const answers = [
    await us.ask.post(`/v1/inbound/${mail}/attach`, { enrollmentId: theirs }),
    await us.ask.post(`/v1/inbound/${mail}/attach`, { enrollmentId: "enr_aaaaaaaaaaaaaaaa" }),
  ];
  for (const { status, body } of answers)
    expect([status, body.errors]).toEqual([
      422,
      [{ pointer: "/enrollmentId", detail: "is no enrollment that this key may see" }],
    ]);
  expect((await them.ask.get(`/v1/enrollments/${theirs}`)).body.replyCount).toBe(0);
});

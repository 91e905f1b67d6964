import { expect, test } from "vitest";
import { customer } from "../../../support/cadences.ts";
import { unmatchedMail } from "../../../support/inbox.ts";

test("what nobody could place is listed, newest first, with what it names only as a suggestion", async () => {
  const { ask, live, tenantId } = await customer();
  const first = await unmatchedMail(tenantId);
  const second = await unmatchedMail(tenantId, { suggestion: "enr_aaaabbbbccccdddd" });
  await unmatchedMail(tenantId, { mode: "live" });
  const { body } = await ask.get("/v1/inbound?status=unmatched");
  expect(body.data.map(({ id }: { id: string }) => id)).toEqual([second, first]);
  expect(body.data[0]).toMatchObject({
    enrollmentId: null,
    suggestedEnrollmentId: "enr_aaaabbbbccccdddd",
    kind: "human",
  });
  expect((await ask.get("/v1/inbound?status=matched")).body.data).toEqual([]);
  expect((await live.get("/v1/inbound")).body.data).toHaveLength(1);
  expect((await ask.get(`/v1/inbound/${first}`)).body).toMatchObject({
    text: "Yes, please call me",
    classification: { kind: "human" },
    // As it was stored before signatures were checked.
    auth: { tokenValid: false, dkim: "not_checked", aligned: null, domain: null, reason: "checking_is_off" },
  });
});

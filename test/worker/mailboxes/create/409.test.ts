import { expect, test } from "vitest";
import { api, seedTenant } from "../../../support/worker.ts";

const mailbox = { provider: "sandbox", email: "jane@example.com" };

test("a reply domain is the first tenant's that claims it; that tenant may use it again", async () => {
  const [one, two] = [await seedTenant(), await seedTenant()];
  const claim = { ...mailbox, replyDomain: `r-${one.tenantId.slice(4)}.example.com` };
  expect((await api(one.liveKey).post("/v1/mailboxes", claim)).status).toBe(201);
  const refused = await api(two.liveKey).post("/v1/mailboxes", claim);
  expect([refused.status, refused.body.code]).toEqual([409, "conflict"]);
  expect(refused.body.detail).not.toContain(one.tenantId);
  expect((await api(one.key).post("/v1/mailboxes", claim)).status).toBe(201);
  const other = (await api(two.liveKey).post("/v1/mailboxes", mailbox)).body.id;
  const changed = await api(two.liveKey).patch(`/v1/mailboxes/${other}`, { replyDomain: claim.replyDomain });
  expect([changed.status, changed.body.code]).toEqual([409, "conflict"]);
  expect((await api(two.liveKey).get(`/v1/mailboxes/${other}`)).body.replyDomain).toBeNull();
});

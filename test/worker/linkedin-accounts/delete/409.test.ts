import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { STATIC_STEP } from "../../../support/cadences.ts";
import { api, seedTenant } from "../../../support/worker.ts";
import { madeAccount } from "../given.ts";

test("an account that an enrollment in flight uses stays; when it is over the account can go", async () => {
  const { tenantId, key } = await seedTenant();
  const { id } = await madeAccount(api(key));
  await env.DB.prepare(
    "INSERT INTO enrollments (id, tenant_id, mode, cadence_id, version, lead_external_id, beginning, linkedin_account_id, state, phase, created_at, updated_at) VALUES (?, ?, 'sandbox', 'cad_x', 1, ?, '{}', ?, 'paused', 'waiting', 0, 0)",
  )
    .bind(`enr_${id}`, tenantId, id, id)
    .run();
  expect(await api(key).delete(`/v1/linkedin-accounts/${id}`)).toMatchObject({ status: 409, body: { code: "in_use" } });
  await env.DB.prepare("UPDATE enrollments SET state = 'completed' WHERE linkedin_account_id = ?").bind(id).run();
  expect((await api(key).delete(`/v1/linkedin-accounts/${id}`)).status).toBe(204);
  expect((await api(key).get(`/v1/linkedin-accounts/${id}`)).status).toBe(404);
});

test("one that a cadence, or a version of it, names stays too; a version keeps the account that it was published with", async () => {
  const ask = api((await seedTenant()).key);
  const [first, second] = [await madeAccount(ask), await madeAccount(ask)];
  const endpoint = (await ask.post("/v1/endpoints", { url: "https://hooks.acme.example" })).body.id;
  await ask.post("/v1/mailboxes", { provider: "sandbox", email: "x@acme.example" });
  const more = { endpointId: endpoint, linkedinAccountId: first.id };
  const { cadence } = (await ask.post("/v1/cadences", { name: "x", steps: [STATIC_STEP], publish: true, ...more }))
    .body;
  expect(cadence).toMatchObject({ linkedinAccountId: first.id, unpublishedChanges: false });
  const changed = await ask.patch(`/v1/cadences/${cadence.id}`, { linkedinAccountId: second.id });
  expect(changed.body).toMatchObject({ linkedinAccountId: second.id, unpublishedChanges: true });
  for (const { id } of [first, second]) expect((await ask.delete(`/v1/linkedin-accounts/${id}`)).status).toBe(409);
  await ask.post(`/v1/cadences/${cadence.id}/publish`);
  const versions = (await ask.get(`/v1/cadences/${cadence.id}/versions`)).body.data;
  expect(versions.map((version: { linkedinAccountId: string }) => version.linkedinAccountId)).toEqual([
    second.id,
    first.id,
  ]);
});

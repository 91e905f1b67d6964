import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { api, seedTenant } from "../../../support/worker.ts";

test("a mailbox that an enrollment in flight sends from stays; when it is over the mailbox can go", async () => {
  const { tenantId, key } = await seedTenant();
  const { id } = (await api(key).post("/v1/mailboxes", { provider: "sandbox", email: "x@example.com" })).body;
  await env.DB.prepare(
    "INSERT INTO enrollments (id, tenant_id, mode, cadence_id, version, lead_external_id, beginning, mailbox_id, state, phase, created_at, updated_at) VALUES (?, ?, 'sandbox', 'cad_x', 1, ?, '{}', ?, 'paused', 'waiting', 0, 0)",
  )
    .bind(`enr_${id}`, tenantId, id, id)
    .run();
  expect(await api(key).delete(`/v1/mailboxes/${id}`)).toMatchObject({ status: 409, body: { code: "in_use" } });
  await env.DB.prepare("UPDATE enrollments SET state = 'completed' WHERE mailbox_id = ?").bind(id).run();
  expect((await api(key).delete(`/v1/mailboxes/${id}`)).status).toBe(204);
  expect((await api(key).get(`/v1/mailboxes/${id}`)).status).toBe(404);
});

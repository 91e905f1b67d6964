import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { api, seedTenant } from "../../../support/worker.ts";

test("an endpoint that a cadence names stays", async () => {
  const { tenantId, key } = await seedTenant();
  const { id } = (await api(key).post("/v1/endpoints", { url: "https://example.com" })).body;
  await env.DB.prepare(
    "INSERT INTO cadences (id, tenant_id, mode, name, settings, steps, endpoint_id, created_at, updated_at) VALUES (?, ?, 'sandbox', 'x', '{}', '[]', ?, 0, 0)",
  )
    .bind(`cad_${id}`, tenantId, id)
    .run();
  expect(await api(key).delete(`/v1/endpoints/${id}`)).toMatchObject({ status: 409, body: { code: "in_use" } });
});

test("an endpoint that only a published version names stays, for the enrollments that are on it", async () => {
  const { tenantId, key } = await seedTenant();
  const { id } = (await api(key).post("/v1/endpoints", { url: "https://example.com" })).body;
  await env.DB.prepare(
    "INSERT INTO cadence_versions (cadence_id, version, tenant_id, definition, published_at) VALUES (?, 1, ?, ?, 0)",
  )
    .bind(`cad_${id}`, tenantId, JSON.stringify({ endpointId: id }))
    .run();
  expect((await api(key).delete(`/v1/endpoints/${id}`)).status).toBe(409);
});

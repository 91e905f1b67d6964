import { env } from "cloudflare:workers";
import { beforeAll, expect, test } from "vitest";
import { checkApiKey } from "../../../../core/api-key.ts";
import { api, type SeededTenant, seedTenant } from "../../../support/worker.ts";

let tenant: SeededTenant;
beforeAll(async () => {
  tenant = await seedTenant();
});

test("a new key opens the API, in the mode of the key that made it", async () => {
  const made = await api(tenant.key).post("/v1/keys", { name: "CRM" });
  expect(made).toMatchObject({ status: 201, body: { name: "CRM", mode: "test", revokedAt: null } });
  expect(checkApiKey(made.body.key)).toEqual({ ok: true, mode: "test" });
  expect(made.body.last4).toBe(made.body.key.slice(-4));
  expect((await api(made.body.key).get("/v1/tenant")).body.id).toBe(tenant.tenantId);
});

test("a live key makes test keys too", async () => {
  const made = await api(tenant.liveKey).post("/v1/keys", { name: "CI", mode: "test" });
  expect(made.body.mode).toBe("test");
});

test("the database holds the key's hash and never the key", async () => {
  const { body } = await api(tenant.key).post("/v1/keys", { name: "secret" });
  const row = await env.DB.prepare("SELECT * FROM api_keys WHERE id = ?").bind(body.id).first();
  expect(JSON.stringify(row)).not.toContain(body.key);
  expect(row?.["hash"]).toMatch(/^[0-9a-f]{64}$/);
});

import { env } from "cloudflare:workers";
import { beforeAll, expect, test } from "vitest";
import { endpointSecretContext } from "../../../../adapters/webhook/open-endpoint.ts";
import { opened } from "../../../support/sealed.ts";
import { type ApiClient, api, type SeededTenant, seedTenant } from "../../../support/worker.ts";

let tenant: SeededTenant;
let client: ApiClient;
beforeAll(async () => {
  tenant = await seedTenant();
  client = api(tenant.key);
});

test("an endpoint is made with a secret of its own, shown this once", async () => {
  const { status, body } = await client.post("/v1/endpoints", { url: "https://hooks.example.com:8443/x" });
  expect(status).toBe(201);
  expect(body).toMatchObject({
    mode: "sandbox",
    name: "hooks.example.com:8443",
    compatibility: "none",
    eventTypes: null,
    enabled: true,
  });
  expect(atob(body.secret.slice("whsec_".length))).toHaveLength(32);
  const read = await client.get(`/v1/endpoints/${body.id}`);
  const { secret: _, ...shown } = body;
  expect(read.body).toEqual(shown);
});

test("the secret lies sealed in the database, bound to this endpoint", async () => {
  const { body } = await client.post("/v1/endpoints", { url: "https://example.com" });
  const row = await env.DB.prepare("SELECT * FROM endpoints WHERE id = ?").bind(body.id).first<{ secret: string }>();
  expect(JSON.stringify(row)).not.toContain(body.secret);
  const sealed = row?.secret ?? "";
  expect(await opened(sealed, endpointSecretContext(tenant.tenantId, body.id))).toBe(body.secret);
  await expect(opened(sealed, endpointSecretContext(tenant.tenantId, "end_other"))).rejects.toThrow();
});

import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import type { EndpointRecord } from "../../../../adapters/d1/facts.ts";
import { openEndpoint } from "../../../../adapters/webhook/open-endpoint.ts";
import { api, seedTenant } from "../../../support/worker.ts";

const HOUR_MS = 3600_000;

test("after a rotation both secrets sign for 24 hours, then the new one alone", async () => {
  const { tenantId, key } = await seedTenant();
  const made = (await api(key).post("/v1/endpoints", { url: "https://example.com" })).body;
  const { status, body } = await api(key).post(`/v1/endpoints/${made.id}/rotate-secret`);
  expect(status).toBe(200);
  expect(body.secret).not.toBe(made.secret);

  const row = await env.DB.prepare(
    "SELECT id, url, secret, previous_secret AS previousSecret, previous_secret_until AS previousSecretUntil, compatibility, event_types AS eventTypes FROM endpoints WHERE id = ?",
  )
    .bind(made.id)
    .first<EndpointRecord>();
  if (row === null) throw new Error("the endpoint is gone");
  const secretsAt = async (at: number) => (await openEndpoint(env, tenantId, row, at)).secrets;
  expect(await secretsAt(Date.now() + 23.9 * HOUR_MS)).toEqual([body.secret, made.secret]);
  expect(await secretsAt(Date.now() + 24.1 * HOUR_MS)).toEqual([body.secret]);
});

test("a repeat under the same Idempotency-Key doesn't rotate again and doesn't show the secret", async () => {
  const client = api((await seedTenant()).key);
  const { id } = (await client.post("/v1/endpoints", { url: "https://example.com" })).body;
  const headers = { "idempotency-key": "rotate" };
  const first = await client.post(`/v1/endpoints/${id}/rotate-secret`, undefined, headers);
  const again = await client.post(`/v1/endpoints/${id}/rotate-secret`, undefined, headers);
  expect(again.body).toEqual({ ...first.body, secret: null, code: "secret_already_shown" });
});

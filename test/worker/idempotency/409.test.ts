import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { sha256Hex } from "../../../adapters/crypto/bytes.ts";
import { api, seedTenant } from "../../support/worker.ts";

const MAILBOX = { provider: "sandbox", email: "jane@example.com" };

/** As a request leaves it that was killed: claimed, without an answer. */
async function killedRequest(tenantId: string, key: string, leaseUntil: number) {
  const fingerprint = await sha256Hex(`POST\n/v1/mailboxes\n${JSON.stringify(MAILBOX)}`);
  await env.DB.prepare(
    "INSERT INTO idempotency_keys (tenant_id, route, key, fingerprint, lease_until, created_at) VALUES (?, 'sandbox POST /v1/mailboxes', ?, ?, ?, ?)",
  )
    .bind(tenantId, key, fingerprint, leaseUntil, Date.now())
    .run();
}

test("while the first request runs, a repeat is told to wait", async () => {
  const { tenantId, key } = await seedTenant();
  await killedRequest(tenantId, "running", Date.now() + 60_000);
  const answer = await api(key).post("/v1/mailboxes", MAILBOX, { "idempotency-key": "running" });
  expect(answer).toMatchObject({ status: 409, body: { code: "idempotency_in_progress" } });
  expect(answer.headers.get("retry-after")).toBe("1");
});

test("a request that was killed blocks its key for a minute at most", async () => {
  const { tenantId, key } = await seedTenant();
  await killedRequest(tenantId, "killed", Date.now() - 1);
  expect((await api(key).post("/v1/mailboxes", MAILBOX, { "idempotency-key": "killed" })).status).toBe(201);
});

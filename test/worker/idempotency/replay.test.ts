import { env } from "cloudflare:workers";
import { beforeAll, expect, test } from "vitest";
import { type ApiClient, api, type SeededTenant, seedTenant } from "../../support/worker.ts";

const MAILBOX = { provider: "sandbox", email: "jane@example.com" };
let tenant: SeededTenant;
let client: ApiClient;
beforeAll(async () => {
  tenant = await seedTenant();
  client = api(tenant.key);
});

const count = async () => (await client.get("/v1/mailboxes?limit=200")).body.data.length;

test("the same request under the same key is done once and answered the same", async () => {
  const before = await count();
  const first = await client.post("/v1/mailboxes", MAILBOX, { "idempotency-key": "once" });
  const second = await client.post("/v1/mailboxes", MAILBOX, { "idempotency-key": "once" });
  expect(second).toMatchObject({ status: 201, body: first.body });
  expect(first.headers.get("idempotency-replayed")).toBeNull();
  expect(second.headers.get("idempotency-replayed")).toBe("true");
  expect(await count()).toBe(before + 1);
  // The control: without the key it is two.
  await client.post("/v1/mailboxes", MAILBOX);
  expect(await count()).toBe(before + 2);
});

test("of fifty at once under one key, one is done", async () => {
  const before = await count();
  const answers = await Promise.all(
    Array.from({ length: 50 }, () => client.post("/v1/mailboxes", MAILBOX, { "idempotency-key": "at once" })),
  );
  expect(await count()).toBe(before + 1);
  const done = answers.filter(({ status }) => status === 201);
  const waiting = answers.filter(({ status, body }) => status === 409 && body.code === "idempotency_in_progress");
  expect(done.length + waiting.length).toBe(50);
  expect(new Set(done.map(({ body }) => body.id)).size).toBe(1);
});

test("a secret is shown once; the repeat says so", async () => {
  const url = { url: "https://example.com/hook" };
  const first = await client.post("/v1/endpoints", url, { "idempotency-key": "secret" });
  const second = await client.post("/v1/endpoints", url, { "idempotency-key": "secret" });
  expect(first.body.secret).toMatch(/^whsec_/);
  expect(second).toMatchObject({
    status: 201,
    body: { id: first.body.id, secret: null, code: "secret_already_shown" },
  });
  const kept = await env.DB.prepare("SELECT group_concat(response) AS text FROM idempotency_keys").first<{
    text: string;
  }>();
  expect(kept?.text).not.toContain(first.body.secret);
});

test("the same key means something else in another tenant, in live and on another path", async () => {
  const other = await seedTenant();
  const headers = { "idempotency-key": "mine" };
  const mine = await client.post("/v1/mailboxes", MAILBOX, headers);
  for (const key of [other.key, tenant.liveKey]) {
    const theirs = await api(key).post("/v1/mailboxes", MAILBOX, headers);
    expect(theirs.status).toBe(201);
    expect(theirs.body.id).not.toBe(mine.body.id);
  }
  expect((await client.post("/v1/keys", { name: "x" }, headers)).status).toBe(201);
});

test("a day later the key is free again", async () => {
  const headers = { "idempotency-key": "old" };
  const first = await client.post("/v1/mailboxes", MAILBOX, headers);
  await env.DB.prepare(
    "UPDATE idempotency_keys SET created_at = created_at - 24 * 3600000 - 1 WHERE key = 'old'",
  ).run();
  const second = await client.post("/v1/mailboxes", MAILBOX, headers);
  expect(second.status).toBe(201);
  expect(second.body.id).not.toBe(first.body.id);
});

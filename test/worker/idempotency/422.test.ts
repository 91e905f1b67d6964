import { beforeAll, expect, test } from "vitest";
import { type ApiClient, api, seedTenant } from "../../support/worker.ts";

const MAILBOX = { provider: "sandbox", email: "jane@example.com" };
let client: ApiClient;
beforeAll(async () => {
  client = api((await seedTenant()).key);
});

test("another body under a used key is refused", async () => {
  const headers = { "idempotency-key": "used" };
  await client.post("/v1/mailboxes", MAILBOX, headers);
  expect(await client.post("/v1/mailboxes", { ...MAILBOX, email: "joe@example.com" }, headers)).toMatchObject({
    status: 422,
    body: { code: "idempotency_mismatch" },
  });
});

test("a body that was refused doesn't use the key up", async () => {
  const headers = { "idempotency-key": "mended" };
  expect((await client.post("/v1/mailboxes", { ...MAILBOX, email: "not an address" }, headers)).status).toBe(422);
  expect((await client.post("/v1/mailboxes", MAILBOX, headers)).status).toBe(201);
});

test.each([
  ["", "empty"],
  ["x".repeat(256), "too long"],
  ["schlüssel", "not ASCII"],
])("a key that is %j is refused", async (key) => {
  const answer = await client.post("/v1/mailboxes", MAILBOX, { "idempotency-key": key });
  expect(answer).toMatchObject({ status: 422, body: { errors: [{ parameter: "Idempotency-Key" }] } });
});

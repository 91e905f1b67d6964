import { expect, test } from "vitest";
import { customer } from "../../../support/cadences.ts";

const INLINE = { name: "Outreach", webhookUrl: "https://hooks.acme.example/drafts", steps: [{ kind: "email" }] };

test("the same request again is the same cadence, without its secret", async () => {
  const { ask } = await customer();
  const headers = { "idempotency-key": "one" };
  const first = await ask.post("/v1/cadences", INLINE, headers);
  const again = await ask.post("/v1/cadences", INLINE, headers);
  expect(again.status).toBe(201);
  expect(again.body).toEqual({ ...first.body, webhookSecret: null, code: "secret_already_shown" });
  expect((await ask.get("/v1/cadences")).body.data).toHaveLength(1);
  expect((await ask.get("/v1/endpoints")).body.data).toHaveLength(1);
});

test("without a key each request makes one", async () => {
  const { ask } = await customer();
  await ask.post("/v1/cadences", { name: "A" });
  await ask.post("/v1/cadences", { name: "A" });
  expect((await ask.get("/v1/cadences")).body.data).toHaveLength(2);
});

import { env } from "cloudflare:workers";
import { expect, test, vi } from "vitest";
import { api, seedTenant } from "../../support/worker.ts";

test("a failure of ours is not kept: the repeat is done", async () => {
  const { key } = await seedTenant();
  const url = { url: "https://example.com/hook" };
  const headers = { "idempotency-key": "broken" };
  expect((await api(key, { KEK_V1: "", KEK_V2: "" }).post("/v1/endpoints", url, headers)).status).toBe(500);
  expect(await api(key).post("/v1/endpoints", url, headers)).toMatchObject({
    status: 201,
    body: { secret: expect.stringMatching(/^whsec_/) },
  });
});

test("what was done is told as done, even when the key can't be written to any more", async () => {
  const { key } = await seedTenant();
  const log = vi.spyOn(console, "error").mockImplementation(() => {});
  const dying = failingAt(env.DB, /update "idempotency_keys"/);
  const answer = await api(key, { DB: dying }).post(
    "/v1/endpoints",
    { url: "https://example.com" },
    { "idempotency-key": "dying" },
  );
  log.mockRestore();
  expect(answer).toMatchObject({ status: 201, body: { secret: expect.stringMatching(/^whsec_/) } });
});

/** D1 that is gone for the statements in question. */
function failingAt(database: D1Database, statement: RegExp): D1Database {
  return new Proxy(database, {
    get: (target, name) => {
      if (name !== "prepare") return Reflect.get(target, name);
      return (sql: string) => {
        if (statement.test(sql)) throw new Error("D1_ERROR: Network connection lost.");
        return target.prepare(sql);
      };
    },
  });
}

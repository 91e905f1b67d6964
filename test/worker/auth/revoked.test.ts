import { afterEach, expect, test, vi } from "vitest";
import { recordedDatabase } from "../../support/databases.ts";
import { madeKey } from "../../support/keys.ts";
import { api, seedTenant } from "../../support/worker.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

test("once a key's revocation is answered, none of a hundred requests gets in by it", async () => {
  const { key } = await seedTenant();
  const leaked = await madeKey(key);
  const ask = api(leaked.key);
  // In use, so that whatever might be kept of it is.
  const before = await Promise.all(Array.from({ length: 20 }, () => ask.get("/v1/tenant")));
  expect(before.filter(({ status }) => status === 200)).toHaveLength(20);
  const meanwhile = Array.from({ length: 20 }, () => ask.get("/v1/tenant"));
  expect((await api(key).delete(`/v1/keys/${leaked.id}`)).status).toBe(200);
  const revokedAt = performance.now();
  const after = await Promise.all(Array.from({ length: 100 }, () => ask.get("/v1/tenant")));
  expect(after.filter(({ status }) => status === 401)).toHaveLength(100);
  console.log(`revoked: 100 requests refused within ${Math.round(performance.now() - revokedAt)} ms of the answer`);
  await Promise.all(meanwhile);
});

test("each request asks D1 for its key, and a key with a typo asks nothing: no copy of it could outlive a revocation", async () => {
  const { key } = await seedTenant();
  const { database, statements } = recordedDatabase();
  const looks = () => statements.filter((sql) => sql.includes('from "api_keys"')).length;
  for (let n = 1; n <= 5; n += 1) {
    await api(key, { DB: database }).get("/v1/tenant");
    expect(looks()).toBe(n);
  }
  const counted = statements.length;
  const typo = key.slice(0, -1) + (key.endsWith("0") ? "1" : "0");
  expect((await api(typo, { DB: database }).get("/v1/tenant")).status).toBe(401);
  expect(statements).toHaveLength(counted);
});

import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, expect, test, vi } from "vitest";
import { app } from "../../../worker/app.ts";
import { deadOnWrite, recordedDatabase } from "../../support/databases.ts";
import { madeKey } from "../../support/keys.ts";
import { api, seedTenant } from "../../support/worker.ts";

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

test("the last use is noted at most once a minute, behind the answer", async () => {
  const { key } = await seedTenant();
  const noon = Date.parse("2030-01-01T12:00:00Z");
  vi.useFakeTimers({ toFake: ["Date"], now: noon });
  const { database, statements } = recordedDatabase();
  const use = async (afterMs: number) => {
    vi.setSystemTime(noon + afterMs);
    await usedOnce(key, database);
  };
  for (const afterMs of [0, 1_000, 59_999, 60_000, 60_001, 119_999, 120_001]) await use(afterMs);
  expect(statements.filter((sql) => sql.startsWith("update"))).toHaveLength(3);
  const { body } = await api(key).get("/v1/keys");
  expect(body.data[0].lastUsedAt).toBe("2030-01-01T12:02:00.001Z");
});

test("of fifty uses at once one is noted", async () => {
  const { key } = await seedTenant();
  const { database, changes } = recordedDatabase();
  await Promise.all(Array.from({ length: 50 }, () => usedOnce(key, database)));
  expect(changes().reduce((sum, one) => sum + one, 0)).toBe(1);
});

test("a use that can't be noted is no trouble to who asks", async () => {
  const { key } = await seedTenant();
  const complained = vi.spyOn(console, "error").mockImplementation(() => undefined);
  expect(await usedOnce(key, deadOnWrite())).toBe(200);
  expect(complained).toHaveBeenCalledOnce();
});

test("who is not let in has not used the key", async () => {
  const { key } = await seedTenant();
  const { key: limited, id } = await madeKey(key, { allowedIps: ["203.0.113.1"] });
  const { database } = recordedDatabase();
  expect(await usedOnce(limited, database)).toBe(403);
  const row = await env.DB.prepare("SELECT last_used_at FROM api_keys WHERE id = ?").bind(id).first();
  expect(row).toEqual({ last_used_at: null });
});

/** One request to its very end: with what goes on behind the answer. Answers the status. */
async function usedOnce(key: string, DB: D1Database): Promise<number> {
  const context = createExecutionContext();
  const request = new Request("https://drafthook.test/v1/tenant", { headers: { authorization: `Bearer ${key}` } });
  const { status } = await app.fetch(request, { ...env, DB }, context);
  await waitOnExecutionContext(context);
  return status;
}

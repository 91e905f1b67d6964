import { env } from "cloudflare:workers";
import { beforeAll, expect, test } from "vitest";
import { countAttempt, forgetOver } from "../../../adapters/d1/attempts.ts";
import { person, signIn } from "../../support/people.ts";
import { seedTenant } from "../../support/worker.ts";

const LIMIT = { most: 3, withinMs: 1_000 };
beforeAll(seedTenant);

test("of twenty tries at the same moment three are let through, and the next when the time is over", async () => {
  const key = crypto.randomUUID();
  const waits = await Promise.all(Array.from({ length: 20 }, () => countAttempt(env.DB, key, LIMIT, 10_000)));
  expect(waits.filter((waitMs) => waitMs === 0)).toHaveLength(3);
  expect(await countAttempt(env.DB, key, LIMIT, 10_400)).toBe(600);
  expect(await countAttempt(env.DB, key, LIMIT, 11_000)).toBe(0);
});

test("the sweeper forgets tries and sessions that are over, and no others", async () => {
  const [old, recent] = [crypto.randomUUID(), crypto.randomUUID()];
  const now = Date.now();
  await countAttempt(env.DB, old, LIMIT, now - 2_000);
  await countAttempt(env.DB, recent, LIMIT, now - 500);
  const [over, live] = [await person(), await person()];
  for (const one of [over, live]) await signIn(one);
  await env.DB.prepare("UPDATE sessions SET expires_at = ? WHERE user_id = ?")
    .bind(now - 1, over.id)
    .run();
  await forgetOver(env.DB, LIMIT.withinMs, now);
  const { results: tries } = await env.DB.prepare("SELECT key FROM attempts WHERE key IN (?, ?)")
    .bind(old, recent)
    .all();
  const { results: sessions } = await env.DB.prepare("SELECT user_id FROM sessions WHERE user_id IN (?, ?)")
    .bind(over.id, live.id)
    .all();
  expect([tries, sessions]).toEqual([[{ key: recent }], [{ user_id: live.id }]]);
});

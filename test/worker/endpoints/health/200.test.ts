import { env } from "cloudflare:workers";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { tellBreaker } from "../../../../durable-objects/ask-breaker.ts";
import { customer, enrolled, publishedCadence } from "../../../support/cadences.ts";
import { setClock } from "../../../support/enrollment.ts";
import { exchangeLine, logLines } from "../../../support/log-lines.ts";
import { watchedDatabase } from "../../../support/plans.ts";
import { api } from "../../../support/worker.ts";

const NOW = Date.parse("2026-11-23T10:30:00Z");
beforeEach(() => setClock(NOW));
afterEach(() => {
  vi.useRealTimers();
});

async function endpoint() {
  const { ask, live, tenantId } = await customer();
  const { id } = (await ask.post("/v1/endpoints", { url: "https://hooks.acme.example/health" })).body;
  return { ask, live, tenantId, id, path: `/v1/endpoints/${id}/health` };
}

test("what an endpoint answered is counted by time, with how long it took", async () => {
  const { ask, tenantId, id, path } = await endpoint();
  const cadenceId = await publishedCadence(ask);
  const lead = { id: await enrolled(ask, cadenceId), cadenceId };
  await logLines(tenantId, lead, [
    exchangeLine({ exchange: { endpointId: id, totalMs: 100 } }),
    exchangeLine({ outcome: "accepted", exchange: { endpointId: id, totalMs: 300 } }),
    exchangeLine({ outcome: "timeout", exchange: { endpointId: id, totalMs: 30_000 } }),
    exchangeLine({ exchange: { endpointId: "end_another", totalMs: 5 } }),
  ]);
  const { status, body } = await ask.get(path);
  expect(status).toBe(200);
  expect(body.totals).toEqual({
    ...{ at: "2026-11-22T11:00:00.000Z", requests: 3, failures: 1, p50Ms: 300, p95Ms: 30_000, p99Ms: 30_000 },
  });
  expect([body.buckets.length, body.sampled]).toEqual([48, false]);
  expect(body.buckets[46]).toMatchObject({ at: "2026-11-23T10:00:00.000Z", requests: 3 });
  expect((await ask.get(`${path}?hours=1`)).body.buckets).toHaveLength(12);
});

test("the breaker is shown as it stands, and looking at it changes nothing", async () => {
  const { ask, tenantId, id, path } = await endpoint();
  expect((await ask.get(path)).body.breaker).toEqual({ state: "closed", since: null, retryAt: null, reason: null });
  for (let n = 0; n < 10; n += 1) await tellBreaker(env, tenantId, id, false);
  const opened = (await ask.get(path)).body.breaker;
  expect(opened).toMatchObject({ state: "open", reason: expect.stringContaining("failed") });
  expect(Date.parse(opened.retryAt)).toBeGreaterThan(Date.parse(opened.since));
  expect((await ask.get(path)).body.breaker).toEqual(opened);
  await ask.patch(`/v1/endpoints/${id}`, { enabled: true });
  expect((await ask.get(path)).body.breaker.state).toBe("closed");
});

test("a breaker that can't be asked is said to be unknown, and the figures are there", async () => {
  const { ask, path } = await endpoint();
  const key = (await ask.post("/v1/keys", { name: "reader" })).body.key;
  const none = {
    get: () => {
      throw new Error("gone");
    },
    idFromName: () => {
      throw new Error("gone");
    },
  };
  const { status, body } = await api(key, { ENDPOINT_BREAKERS: none as never }).get(path);
  expect([status, body.breaker, body.totals.requests]).toEqual([200, null, 0]);
});

test.each(["0", "169", "soon"])("?hours=%s is refused, and another mode's key finds no endpoint", async (hours) => {
  const { ask, live, path } = await endpoint();
  expect((await ask.get(`${path}?hours=${hours}`)).status).toBe(422);
  expect((await live.get(path)).status).toBe(404);
});

test("of a busy endpoint the newest requests are looked at, by its own index, and it says so", async () => {
  const { ask, tenantId, id, path } = await endpoint();
  await env.DB.prepare(
    `WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 5100)
     INSERT INTO journal (enrollment_id, entry, tenant_id, mode, at, kind, cadence_id, version, what, endpoint_id, outcome, total_ms)
     SELECT ?1, x, ?1, 'sandbox', ?3, 'exchange', 'cad_x', 1, 'cadence.step.draft.requested', ?2, 'answered', 5 FROM n`,
  )
    .bind(tenantId, id, NOW - 1000)
    .run();
  const key = (await ask.post("/v1/keys", { name: "reader" })).body.key;
  const watched = watchedDatabase();
  const { body } = await api(key, { DB: watched.DB }).get(path);
  expect([body.totals.requests, body.sampled]).toEqual([5000, true]);
  expect(await watched.scans()).toEqual([]);
  expect((await watched.all()).join("\n")).toContain("journal_endpoint (endpoint_id=?)");
});

import { env } from "cloudflare:workers";
import { afterEach, expect, test, vi } from "vitest";
import { sha256Hex } from "../../../adapters/crypto/bytes.ts";
import { consume } from "../../../worker/queue.ts";
import { addEndpoint, drafts, enroll, makeWorld, ring, runUntil, START, setClock } from "../../support/enrollment.ts";

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const HOUR = 3_600_000;

async function endpoint(id: string) {
  return env.DB.prepare(
    "SELECT enabled, disabled_reason AS reason, failing_since AS failingSince FROM endpoints WHERE id = ?",
  )
    .bind(id)
    .first<{ enabled: number; reason: string | null; failingSince: number | null }>();
}

test("the first failure is noted, and one answer forgives it", async () => {
  setClock(START);
  const world = await makeWorld({ steps: [{ kind: "email" }] });
  const { stub } = await enroll(world);
  world.answer = ({ n }) =>
    n === 1 ? new Response("", { status: 500 }) : Response.json({ subject: "Hi", body: "Hello" });
  await ring(stub);
  expect((await endpoint(world.endpointId))?.failingSince).toBeGreaterThanOrEqual(START);
  vi.setSystemTime(START + 60_000);
  await ring(stub);
  expect(await endpoint(world.endpointId)).toMatchObject({ enabled: 1, failingSince: null });
});

test("nothing but failures for 120 hours disables the endpoint, holds its steps, and tells the tenant's other endpoint", async () => {
  setClock(START);
  const world = await makeWorld({ steps: [{ kind: "email" }] });
  await addEndpoint(world, "https://other.example/hook");
  const [first, second] = [await enroll(world), await enroll(world)];
  world.answer = () => new Response("", { status: 500 });
  await env.DB.prepare("UPDATE endpoints SET failing_since = ?, failing_days = 4, failing_day = ? WHERE id = ?")
    .bind(START - 121 * HOUR, Math.floor(START / (24 * HOUR)) - 1, world.endpointId)
    .run();
  const jobs: unknown[] = [];
  vi.spyOn(env.JOB_QUEUE, "send").mockImplementation(async (job) => {
    jobs.push(job);
    return { metadata: { metrics: { backlogBytes: 0, backlogCount: 0 } } } as QueueSendResponse;
  });
  await runUntil(first.stub, () => drafts(world).length === 1);
  expect(await endpoint(world.endpointId)).toMatchObject({ enabled: 0, reason: "nothing but failures for 120 hours" });
  await ring(second.stub);
  expect((await second.stub.read())?.phase).toMatchObject({ name: "held", reason: "endpoint_disabled" });
  expect(drafts(world)).toHaveLength(1);
  for (let job = jobs.shift(); job !== undefined; job = jobs.shift()) await consume(batchOf(job), env);
  const notices = world.requests.filter(({ json }) => json.type === "cadence.endpoint.disabled");
  expect(notices.map(({ url }) => url)).toEqual(["https://other.example/hook"]);
  const logged = await env.DB.prepare(
    "SELECT request_sha256 AS sha FROM journal WHERE tenant_id = ? AND what = 'cadence.endpoint.disabled'",
  )
    .bind(world.tenantId)
    .first<{ sha: string }>();
  expect(logged?.sha).toBe(await sha256Hex(notices[0]?.body ?? ""));
});

test("two failures with five quiet days between disable nothing; the days are counted, each once", async () => {
  setClock(START);
  const world = await makeWorld({ steps: [{ kind: "email" }] });
  const stubs = [(await enroll(world)).stub, (await enroll(world)).stub, (await enroll(world)).stub];
  world.answer = () => new Response("", { status: 500 });
  for (const [n, stub] of stubs.entries()) {
    if (n === 1) vi.setSystemTime(START + 121 * HOUR);
    await runUntil(stub, () => drafts(world).length > n);
  }
  expect(drafts(world)).toHaveLength(3);
  const noted = await env.DB.prepare(
    "SELECT enabled, failing_since AS since, failing_days AS days FROM endpoints WHERE id = ?",
  )
    .bind(world.endpointId)
    .first();
  expect(noted).toMatchObject({ enabled: 1, days: 2 });
  expect(Number(noted?.since)).toBeLessThan(START + HOUR);
});

test("410 disables the endpoint at once; enabling it again asks anew under a new draft that names the old one", async () => {
  setClock(START);
  const world = await makeWorld({ steps: [{ kind: "email" }] });
  const { stub } = await enroll(world);
  world.answer = ({ n }) =>
    n === 1 ? new Response("", { status: 410 }) : Response.json({ subject: "Hi", body: "Hello" });
  await ring(stub);
  expect(await endpoint(world.endpointId)).toMatchObject({ enabled: 0, reason: "answered 410 Gone" });
  expect((await stub.read())?.phase).toMatchObject({ name: "held", reason: "endpoint_disabled" });
  await env.DB.prepare("UPDATE endpoints SET enabled = 1 WHERE id = ?").bind(world.endpointId).run();
  await stub.wake("endpoint_restored");
  await runUntil(stub, () => drafts(world).length === 2);
  const [before, after] = drafts(world);
  expect(after?.json.previousDraftId).toBe(before?.json.id);
  expect((await stub.read())?.outcomes).toMatchObject([{ outcome: "sent" }]);
});

function batchOf(body: unknown): MessageBatch<unknown> {
  const message = { id: "1", timestamp: new Date(), body, attempts: 1, ack: () => undefined, retry: () => undefined };
  return {
    queue: "drafthook-jobs",
    messages: [message],
    ackAll: () => undefined,
    retryAll: () => undefined,
    metadata: { metrics: { backlogBytes: 0, backlogCount: 0 } },
  } as MessageBatch<unknown>;
}

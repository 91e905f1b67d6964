import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { Asker } from "../../core/endpoint-breaker.ts";
import { askBreaker, resetBreaker, tellBreaker } from "../../durable-objects/ask-breaker.ts";
import type { EnrollmentStub } from "../../durable-objects/stub.ts";
import { deliverNotice } from "../../worker/notices.ts";
import { drafts, enroll, makeWorld, ring, START, setClock, type World } from "../support/enrollment.ts";

/** Comes for the first time, to an endpoint of which it knows no ill. */
const NEW: Asker = { restedMs: 0, failingMs: 0, isQueued: false };

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

function breakerOf({ tenantId, endpointId }: World) {
  return env.ENDPOINT_BREAKERS.getByName(`${tenantId}/${endpointId}`);
}

/** Twelve leads of an endpoint that answers 500, each due now. */
async function deadEndpoint(): Promise<{ readonly world: World; readonly stubs: readonly EnrollmentStub[] }> {
  setClock(START);
  const world = await makeWorld({ steps: [{ kind: "email" }] });
  world.answer = () => new Response("", { status: 500 });
  const stubs: EnrollmentStub[] = [];
  for (let lead = 0; lead < 12; lead += 1) stubs.push((await enroll(world)).stub);
  for (const stub of stubs) await ring(stub);
  return { world, stubs };
}

test("after ten failures nobody spends an attempt: who comes then waits, says why, and has a turn", async () => {
  const { world, stubs } = await deadEndpoint();
  expect(drafts(world)).toHaveLength(10);
  const waits = await Promise.all(stubs.slice(10).map(async (stub) => (await stub.read())?.phase));
  expect(waits).toMatchObject([
    { name: "waiting", wakeAt: START + 30_000, waitingFor: { gate: "endpoint_health", reason: "endpoint_down" } },
    { name: "waiting", wakeAt: START + 30_100, waitingFor: { gate: "endpoint_health", reason: "endpoint_down" } },
  ]);
});

test("when it answers again, three probes open the way and every step is sent", async () => {
  const { world, stubs } = await deadEndpoint();
  world.answer = () => Response.json({ body: "Hello", subject: "A question" });
  for (let round = 0; round < 40; round += 1) {
    const phases = await Promise.all(stubs.map(async (stub) => (await stub.read())?.phase));
    const next = Math.min(
      ...phases.map((phase) => (phase?.name === "finished" ? Number.POSITIVE_INFINITY : (phase?.wakeAt ?? 0))),
    );
    if (next === Number.POSITIVE_INFINITY) break;
    vi.setSystemTime(Math.max(Date.now(), next));
    for (const stub of stubs) await ring(stub);
  }
  const outcomes = await Promise.all(stubs.map(async (stub) => (await stub.read())?.outcomes));
  expect(outcomes.flat().map((outcome) => outcome?.outcome)).toEqual(Array(12).fill("sent"));
});

test("an instance that was put out of memory learns from whoever waited, and lets one probe out", async () => {
  const { world, stubs } = await deadEndpoint();
  await evictDurableObject(breakerOf(world));
  vi.setSystemTime(START + 31_000);
  for (const stub of stubs.slice(10)) await ring(stub);
  expect(drafts(world)).toHaveLength(11);
  // The probe failed: the rest begins anew.
  expect((await stubs[11]?.read())?.phase).toMatchObject({ name: "waiting", waitingFor: { gate: "endpoint_health" } });
});

test("an event waits for the endpoint too, without spending an attempt", async () => {
  setClock(START);
  const world = await makeWorld({ steps: [{ kind: "email" }] });
  const { stub } = await enroll(world);
  for (let n = 0; n < 10; n += 1) await tellBreaker(env, world.tenantId, world.endpointId, false);
  await stub.request({ type: "unenroll_requested", by: "person", reason: "asked" });
  await ring(stub);
  expect((await stub.read())?.deliveries).toMatchObject([{ phase: "due", attempt: 0, wakeAt: START + 30_000 }]);
  expect(world.requests).toHaveLength(0);
});

test("an event that waited teaches an instance that was put out of memory", async () => {
  setClock(START);
  const world = await makeWorld({ steps: [{ kind: "email" }] });
  const { stub } = await enroll(world);
  for (let n = 0; n < 10; n += 1) await tellBreaker(env, world.tenantId, world.endpointId, false);
  await stub.request({ type: "unenroll_requested", by: "person", reason: "asked" });
  await ring(stub);
  await evictDurableObject(breakerOf(world));
  vi.setSystemTime(START + 31_000);
  vi.mocked(globalThis.fetch).mockResolvedValueOnce(new Response("", { status: 500 }));
  await ring(stub);
  expect((await stub.read())?.deliveries).toMatchObject([{ phase: "due", attempt: 1, restedMs: 0 }]);
  // It was a probe, and the others' rest goes on.
  expect(await askBreaker(env, world.tenantId, world.endpointId, NEW)).toEqual({ waitMs: 60_000, isBusy: false });
});

test("what D1 knows of an endpoint that was failing before teaches it too: who comes new leaves the probe to others", async () => {
  const at = START + 60_000;
  setClock(at);
  const world = await makeWorld({ steps: [{ kind: "email" }] });
  const { stub } = await enroll(world);
  await env.DB.prepare("UPDATE endpoints SET failing_since = ?, failing_days = 1, failing_day = 1 WHERE id = ?")
    .bind(at - 10 * 60_000, world.endpointId)
    .run();
  await ring(stub);
  expect((await stub.read())?.phase).toMatchObject({
    waitingFor: { gate: "endpoint_health" },
    wakeAt: START + 180_000,
  });
  vi.setSystemTime(START + 180_000);
  await ring(stub);
  expect((await stub.read())?.outcomes).toMatchObject([{ outcome: "sent" }]);
});

test("a person who mends the endpoint has it asked at once", async () => {
  const { world, stubs } = await deadEndpoint();
  await resetBreaker(env, world.tenantId, world.endpointId);
  await stubs[11]?.wake("endpoint_restored");
  await ring(stubs[11] as EnrollmentStub);
  expect(drafts(world)).toHaveLength(11);
});

describe("a dozen due at once at an endpoint that takes its time", () => {
  /** Twelve leads that all ask now; whoever got through waits for `answer`. */
  async function crowd() {
    setClock(START);
    const world = await makeWorld({ steps: [{ kind: "email" }] });
    let answer: () => void = () => undefined;
    const promise = new Promise<void>((resolve) => {
      answer = resolve;
    });
    world.answer = async () => {
      await promise;
      return Response.json({ body: "Hello", subject: "A question" });
    };
    const stubs: EnrollmentStub[] = [];
    for (let lead = 0; lead < 12; lead += 1) stubs.push((await enroll(world)).stub);
    const rung = stubs.map((stub) => ring(stub));
    await vi.waitFor(async () => {
      const phases = await Promise.all(stubs.map(async (stub) => (await stub.read())?.phase));
      expect(phases.filter((phase) => phase?.name === "drafting")).toHaveLength(10);
      expect(phases.filter((phase) => phase?.name === "waiting" && phase.waitingFor !== null)).toHaveLength(2);
    }, 10_000);
    return { world, stubs, rung, answer };
  }

  test("ten requests are under way to it; the others wait, say why, and are sent when there is a place: nothing is lost", async () => {
    const { world, stubs, rung, answer } = await crowd();
    expect(drafts(world)).toHaveLength(10);
    const waiting = (await Promise.all(stubs.map(async (stub) => (await stub.read())?.phase))).filter(
      (phase) => phase?.name === "waiting",
    );
    for (const phase of waiting)
      expect(phase).toMatchObject({ waitingFor: { gate: "endpoint_health", reason: "endpoint_busy" } });
    answer();
    await Promise.all(rung);
    vi.setSystemTime(START + 60_000);
    for (const stub of stubs) await ring(stub);
    const outcomes = await Promise.all(stubs.map(async (stub) => (await stub.read())?.outcomes));
    expect(outcomes.flat().map((outcome) => outcome?.outcome)).toEqual(Array(12).fill("sent"));
  });

  test("a notice that nobody enrolled waits for a place too, and keeps its attempt", async () => {
    const { world, rung, answer } = await crowd();
    const send = vi.spyOn(env.JOB_QUEUE, "send").mockResolvedValue({ metadata: {} } as never);
    const { tenantId, endpointId } = world;
    const notice = {
      type: "notice",
      tenantId,
      mode: "sandbox",
      endpointId,
      id: "evt_1",
      eventType: "x",
      body: "{}",
      attempt: 1,
    } as const;
    await deliverNotice(env, notice);
    expect(send.mock.calls).toEqual([[{ ...notice, restedMs: 0, isQueued: true }, { delaySeconds: 1 }]]);
    expect(world.requests).toHaveLength(10);
    answer();
    await Promise.all(rung);
    await deliverNotice(env, { ...notice, isQueued: true });
    expect(world.requests.at(-1)?.body).toBe("{}");
  });
});

test("a step that finds its day's cap reached leaves its place to others", async () => {
  setClock(START);
  const world = await makeWorld({ steps: [{ kind: "email" }], settings: { dailySendCap: 1 } });
  for (let lead = 0; lead < 12; lead += 1) await ring((await enroll(world)).stub);
  expect(drafts(world)).toHaveLength(1);
  expect(await askBreaker(env, world.tenantId, world.endpointId, NEW)).toEqual({ waitMs: 0, isBusy: false });
});

test("where the breaker can't be reached, the attempt goes ahead", async () => {
  setClock(START);
  const world = await makeWorld({ steps: [{ kind: "email" }] });
  const { stub } = await enroll(world);
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  vi.spyOn(env.ENDPOINT_BREAKERS, "get").mockImplementation(() => {
    throw new Error("no breaker today");
  });
  expect(await askBreaker(env, world.tenantId, world.endpointId, NEW)).toEqual({ waitMs: 0, isBusy: false });
  await ring(stub);
  expect((await stub.read())?.outcomes).toMatchObject([{ outcome: "sent" }]);
});

test("it keeps nothing on disk, and has no alarm", async () => {
  const { world } = await deadEndpoint();
  const stub = breakerOf(world) as DurableObjectStub;
  const kept = await runInDurableObject(stub, async (_object, { storage }) => [...(await storage.list()).keys()]);
  expect([kept, await runDurableObjectAlarm(stub)]).toEqual([[], false]);
});

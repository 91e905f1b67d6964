import { env } from "cloudflare:workers";
import { afterEach, expect, test, vi } from "vitest";
import type { LogMessage } from "../../../adapters/d1/log-message.ts";
import { consume } from "../../../worker/queue.ts";
import { enroll, makeWorld, runUntil, START, setClock } from "../../support/enrollment.ts";
import { humanReply } from "../../support/replies.ts";

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** What the objects handed to the queue, in the order in which they did, and the line numbers of each enrollment. */
async function aBusyHour(): Promise<{ queue: LogMessage[]; tenantId: string }> {
  setClock(START);
  const queue: LogMessage[] = [];
  vi.spyOn(env.LOG_QUEUE, "sendBatch").mockImplementation(async (messages) => {
    for (const { body } of messages) queue.push(structuredClone(body) as LogMessage);
    return { metadata: { metrics: { backlogBytes: 0, backlogCount: 0 } } } as QueueSendBatchResponse;
  });
  const world = await makeWorld();
  world.answer = ({ n }) =>
    n % 4 === 0 ? new Response("", { status: 503 }) : Response.json({ body: `Hello ${n}`, subject: "A question" });
  for (let lead = 0; lead < 12; lead += 1) {
    const { stub } = await enroll(world);
    await runUntil(stub, async () => (await stub.read())?.step === 1);
    if (lead % 3 === 0) await stub.receive(humanReply("Call me"));
    await runUntil(stub, async () => (await stub.read())?.phase.name === "finished", 30);
  }
  return { queue, tenantId: world.tenantId };
}

/** A queue that gives what it has in any order, some of it twice, and again what was not taken. */
async function deliver(queue: readonly LogMessage[], seed: number, isDown: () => boolean): Promise<number> {
  const dice = seeded(seed);
  const write = env.DB.batch.bind(env.DB);
  vi.spyOn(env.DB, "batch").mockImplementation(async (statements) => {
    if (isDown()) throw new Error("D1 is gone");
    return write(statements);
  });
  let refused = 0;
  let waiting = queue.flatMap((body) => (dice() < 0.3 ? [body, body] : [body]));
  while (waiting.length > 0) {
    const again: LogMessage[] = [];
    waiting.sort(() => dice() - 0.5);
    for (let start = 0; start < waiting.length; start += 10) {
      const messages = waiting.slice(start, start + 10).map((body, n) => ({
        id: String(n),
        timestamp: new Date(),
        body,
        attempts: 1,
        ack: () => undefined,
        retry: () => {
          refused += 1;
          again.push(body);
        },
      }));
      await consume({ queue: "drafthook-log", messages } as unknown as MessageBatch<unknown>, env);
    }
    waiting = again;
    vi.setSystemTime(Date.now() + 60_000);
  }
  return refused;
}

/** Where the log in D1 differs from what the objects handed over: lines missing, doubled, out of order, or other words. */
async function differences(queue: readonly LogMessage[], tenantId: string): Promise<string[]> {
  const { results } = await env.DB.prepare(
    "SELECT enrollment_id AS id, entry, at, kind FROM journal WHERE tenant_id = ? ORDER BY enrollment_id, entry",
  )
    .bind(tenantId)
    .all<{ id: string; entry: number; at: number; kind: string }>();
  const found = results.map(({ id, entry, at, kind }) => `${id} ${entry} ${at} ${kind}`);
  const lines = queue.flatMap(({ enrollmentId, lines }) =>
    lines.map(({ n, entry }) => ({ id: enrollmentId, n, at: entry.at, kind: entry.kind })),
  );
  const truth = [...new Map(lines.map((line) => [`${line.id} ${line.n}`, line])).values()]
    .sort((one, other) => (one.id === other.id ? one.n - other.n : one.id < other.id ? -1 : 1))
    .map(({ id, n, at, kind }) => `${id} ${n} ${at} ${kind}`);
  const wrong = [...truth.filter((line) => !found.includes(line)), ...found.filter((line) => !truth.includes(line))];
  if (wrong.length === 0 && found.join() !== truth.join()) return ["out of order, or double"];
  return wrong;
}

test("R8: D1 down for half an hour, messages twice and in any order: the log is what the objects wrote, and the index what they are", {
  timeout: 60_000,
}, async () => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  const { queue, tenantId } = await aBusyHour();
  const backAt = Date.now() + 30 * 60_000;
  const refused = await deliver(queue, 7, () => Date.now() < backAt);
  expect(refused).toBeGreaterThan(queue.length);
  expect(queue.flatMap(({ lines }) => lines).length).toBeGreaterThan(100);
  expect(await differences(queue, tenantId)).toEqual([]);
  const newest = new Map<string, LogMessage["index"]>();
  for (const { enrollmentId, index } of queue)
    if (index.revision >= (newest.get(enrollmentId)?.revision ?? 0)) newest.set(enrollmentId, index);
  const { results } = await env.DB.prepare("SELECT id, state, phase, revision FROM enrollments WHERE tenant_id = ?")
    .bind(tenantId)
    .all();
  expect(results.length).toBe(12);
  for (const row of results)
    expect(row).toEqual({
      id: row["id"],
      state: newest.get(String(row["id"]))?.state,
      phase: newest.get(String(row["id"]))?.phase,
      revision: newest.get(String(row["id"]))?.revision,
    });
});

test("the judge sees one message that was lost", async () => {
  const { queue, tenantId } = await aBusyHour();
  await deliver(queue.slice(1), 7, () => false);
  expect((await differences(queue, tenantId)).length).toBe(queue[0]?.lines.length);
});

function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

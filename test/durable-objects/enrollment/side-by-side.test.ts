import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, expect, test, vi } from "vitest";
import type { LogMessage } from "../../../adapters/d1/log-message.ts";
import type { EnrollmentObject } from "../../../durable-objects/enrollment.ts";
import { enroll, makeWorld, ring, runUntil, START, sandboxMail, setClock } from "../../support/enrollment.ts";
import { Gate } from "../../support/gate.ts";
import { humanReply } from "../../support/replies.ts";

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** Lets the endpoint answer events only when `gate` opens; `seen` are the types that it got. */
function slowEvents(gate: Gate): string[] {
  const seen: string[] = [];
  const answering = vi.mocked(globalThis.fetch).getMockImplementation();
  vi.mocked(globalThis.fetch).mockImplementation(async (input, init) => {
    const { type } = JSON.parse(String(init?.body)) as { type: string };
    seen.push(type);
    if (type === "cadence.step.fired") await gate.passed();
    return (answering ?? fetch)(input, init);
  });
  return seen;
}

test("a reply is told at once, also while a slow webhook still has an older event", async () => {
  setClock(START);
  const world = await makeWorld();
  const { stub } = await enroll(world);
  const gate = new Gate();
  const seen = slowEvents(gate);
  const slow = ring(stub);
  await vi.waitFor(() => expect(seen).toContain("cadence.step.fired"));
  await stub.receive(humanReply("Call me"));
  await vi.waitFor(() => expect(seen).toContain("cadence.lead.replied"));
  gate.open();
  await slow;
});

test("a restart on one machine loses no log line: what the queue had in memory is offered again, then deleted", async () => {
  setClock(START);
  const world = await makeWorld({ steps: [{ kind: "email" }] });
  const { stub } = await enroll(world);
  const sent: LogMessage[] = [];
  vi.spyOn(env.LOG_QUEUE, "sendBatch").mockImplementation(async (messages) => {
    for (const { body } of messages) sent.push(body as LogMessage);
    return { metadata: { metrics: { backlogBytes: 0, backlogCount: 0 } } } as QueueSendBatchResponse;
  });
  await runUntil(stub, async () => {
    const state = await stub.read();
    return state?.phase.name === "finished" && state.deliveries.length === 0;
  });
  const lost = sent.flatMap(({ lines }) => lines.map(({ n }) => n));
  sent.length = 0;
  await evictDurableObject(stub);
  await stub.wake("swept");
  await vi.waitFor(() => expect(sent.length).toBeGreaterThan(0));
  const offered = sent.flatMap(({ lines }) => lines.map(({ n }) => n));
  expect(lost.length).toBeGreaterThan(3);
  expect(offered).toEqual(expect.arrayContaining(lost));
  vi.setSystemTime(Date.now() + 11 * 60_000);
  await runInDurableObject(stub, (object) => (object as EnrollmentObject).alarm());
  const left = await runInDurableObject(stub, (_object, ctx) => ctx.storage.sql.exec("SELECT n FROM outbox").toArray());
  expect(left).toEqual([]);
});

test("a text too long to travel through the queue is whole in the log all the same", async () => {
  setClock(START);
  const world = await makeWorld({ steps: [{ kind: "email" }] });
  const words = "Ünïcödé 中 ".repeat(5_000);
  world.answer = () => Response.json({ subject: "Long", body: words });
  const { id, stub } = await enroll(world);
  await runUntil(stub, async () => (await stub.read())?.phase.name === "finished");
  expect(await sandboxMail(id)).toHaveLength(1);
  await vi.waitFor(async () => {
    const row = env.DB.prepare("SELECT text FROM messages WHERE enrollment_id = ?").bind(id);
    expect(await row.first("text")).toBe(words);
  }, 10_000);
});

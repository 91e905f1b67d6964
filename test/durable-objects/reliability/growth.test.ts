import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, expect, test, vi } from "vitest";
import type { EnrollmentObject } from "../../../durable-objects/enrollment.ts";
import type { EnrollmentStub } from "../../../durable-objects/stub.ts";
import { enroll, makeWorld, ring, runUntil, START, setClock } from "../../support/enrollment.ts";
import { humanReply } from "../../support/replies.ts";

const KIB = 1024;
const DAY = 24 * 3_600_000;
const THREE_STEPS = [{ kind: "email" }, { kind: "email", delayDays: 2 }, { kind: "email", delayDays: 2 }];

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

interface Size {
  readonly bytes: number;
  readonly rows: Readonly<Record<"texts" | "thread" | "outbox", number>>;
}

async function sizeOf(stub: EnrollmentStub): Promise<Size> {
  return runInDurableObject(stub, (_object, { storage: { sql } }) => {
    const count = (table: string) => sql.exec<{ n: number }>(`SELECT count(*) AS n FROM ${table}`).one().n;
    return {
      bytes: sql.databaseSize,
      rows: { texts: count("texts"), thread: count("thread"), outbox: count("outbox") },
    };
  });
}

test.each([
  ["a line", 1, 24],
  ["two thousand characters", 100, 48],
])(
  "a cadence of three mails of %s leaves nothing on its way, nothing in the outbox, and a bounded file",
  async (name, length, kibMax) => {
    setClock(START);
    const world = await makeWorld({ steps: THREE_STEPS });
    world.answer = () => Response.json({ subject: "A question", body: "Hello, how are you? ".repeat(length) });
    const { stub } = await enroll(world);
    await runUntil(stub, async () => (await stub.read())?.phase.name === "finished");
    vi.setSystemTime(Date.now() + DAY);
    await runInDurableObject(stub, (object) => (object as EnrollmentObject).alarm());
    const { bytes, rows } = await sizeOf(stub);
    console.info(`three mails of ${name}: ${bytes / KIB} KiB`);
    expect(rows).toEqual({ texts: 0, thread: 3, outbox: 0 });
    expect(bytes).toBeLessThanOrEqual(kibMax * KIB);
  },
);

test("a machine that writes back without an end costs a bounded room: the newest twenty messages, and as many ids", {
  timeout: 60_000,
}, async () => {
  setClock(START);
  const world = await makeWorld({ settings: { exitOnReply: false } });
  const { stub } = await enroll(world);
  await ring(stub);
  const sizes: number[] = [];
  for (let n = 1; n <= 300; n += 1) {
    vi.setSystemTime(START + n * 200_000);
    await stub.receive(humanReply(`This is answer ${n}. ${"x".repeat(2_000)}`));
    if (n % 20 === 0) await ring(stub);
    if (n % 100 === 0) sizes.push((await sizeOf(stub)).bytes);
  }
  const state = await stub.read();
  console.info(`300 replies: ${sizes.map((bytes) => bytes / KIB).join(", ")} KiB after 100, 200 and 300`);
  expect((await sizeOf(stub)).rows.thread).toBe(20);
  expect(JSON.stringify(state).length).toBeLessThan(128 * KIB);
  expect(sizes[2]).toBeLessThanOrEqual((sizes[0] ?? 0) * 1.25);
});

test("while the log queue is away the outbox holds what happened and no more, and is emptied when it is back", async () => {
  setClock(START);
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  const world = await makeWorld({ steps: THREE_STEPS });
  const away = vi.spyOn(env.LOG_QUEUE, "sendBatch").mockRejectedValue(new Error("no queue"));
  const { stub } = await enroll(world);
  await runUntil(stub, async () => (await stub.read())?.phase.name === "finished", 5_000);
  const during = await sizeOf(stub);
  // For each mail: its request, the message, its event; and that it began, and that it ended.
  expect(during.rows.outbox).toBeLessThanOrEqual(12);
  expect(during.bytes).toBeLessThanOrEqual(64 * KIB);
  away.mockRestore();
  for (let hours = 1; hours <= 2; hours += 1) {
    vi.setSystemTime(Date.now() + 3_600_000);
    await runInDurableObject(stub, (object) => (object as EnrollmentObject).alarm());
  }
  expect((await sizeOf(stub)).rows.outbox).toBe(0);
});

import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, expect, test, vi } from "vitest";
import type { LogMessage } from "../../../adapters/d1/log-message.ts";
import type { EnrollmentStub } from "../../../durable-objects/stub.ts";
import { alarmOf, enroll, makeWorld, ring, START, setClock } from "../../support/enrollment.ts";

const MINUTE = 60_000;

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** The queue of one machine: what D1 hasn't taken is in its memory, and gone with it. Answers the numbers of the lines that it got. */
function queueInMemory(): { lines: number[] } {
  const memory = { lines: [] as number[] };
  vi.spyOn(env.LOG_QUEUE, "sendBatch").mockImplementation(async (messages) => {
    for (const { body } of messages) memory.lines.push(...(body as LogMessage).lines.map(({ n }) => n));
    return { metadata: { metrics: { backlogBytes: 0, backlogCount: 0 } } };
  });
  return memory;
}

/** Rings whatever is due until `until`; answers how often. */
async function passTo(until: number, stub: EnrollmentStub): Promise<number> {
  for (let runs = 0; ; runs += 1) {
    const at = await alarmOf(stub);
    if (at === null || at > until) {
      vi.setSystemTime(until);
      return runs;
    }
    vi.setSystemTime(Math.max(Date.now(), at));
    await ring(stub);
  }
}

async function outboxOf(stub: EnrollmentStub): Promise<number> {
  return runInDurableObject(
    stub,
    (_object, { storage: { sql } }) => sql.exec<{ n: number }>("SELECT count(*) AS n FROM outbox").one().n,
  );
}

test("lines that D1 had refused for five minutes when the machine was killed are offered again", async () => {
  setClock(START);
  const before = queueInMemory();
  const world = await makeWorld({ steps: [{ kind: "email" }] });
  const { stub } = await enroll(world);
  await passTo(START + 5 * MINUTE, stub);
  const all = [...new Set(before.lines)];
  expect((await stub.read())?.outcomes).toMatchObject([{ outcome: "sent" }]);
  await evictDurableObject(stub);
  const after = queueInMemory();
  await passTo(START + 11 * MINUTE, stub);
  expect(all.length).toBeGreaterThan(3);
  expect([...new Set(after.lines)]).toEqual(all);
});

test("after ten minutes they are gone, by a few alarms and no more", async () => {
  setClock(START);
  queueInMemory();
  const world = await makeWorld({ steps: [{ kind: "email" }] });
  const { stub } = await enroll(world);
  await passTo(START + MINUTE, stub);
  expect(await passTo(START + 60 * MINUTE, stub)).toBeLessThanOrEqual(3);
  expect(await outboxOf(stub)).toBe(0);
});

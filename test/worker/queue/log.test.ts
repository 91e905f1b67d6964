import { applyD1Migrations } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { LogMessage } from "../../../adapters/d1/log-message.ts";
import { consume } from "../../../worker/queue.ts";

beforeEach(() => applyD1Migrations(env.DB, env.TEST_MIGRATIONS));
afterEach(() => vi.restoreAllMocks());

function message(enrollmentId: string, entry: unknown): LogMessage {
  const index = {
    id: enrollmentId,
    revision: 1,
    state: "active",
    exitReason: null,
    phase: "waiting",
    step: 0,
  } as const;
  const rest = {
    heldReason: null,
    draftId: null,
    nextDueAt: 5,
    leadName: null,
    leadEmail: null,
    formerEmails: null,
    updatedAt: 9,
  };
  const lines = [{ n: 1, entry }] as LogMessage["lines"];
  const head = {
    tenantId: "ten_q",
    mode: "live",
    enrollmentId,
    mailboxId: null,
    cadenceId: "cad_q",
    version: 1,
  } as const;
  return { ...head, index: { ...index, ...rest }, lines };
}

function note(code: string) {
  return { kind: "note", at: 1, step: 0, code, subjectId: null, by: "test", detail: {} };
}

function batchOf(bodies: readonly unknown[], attempts = 1) {
  const said: { n: number; verb: "ack" | "retry"; delaySeconds?: number | undefined }[] = [];
  const messages = bodies.map((body, n) => ({
    id: String(n),
    timestamp: new Date(0),
    body,
    attempts,
    ack: () => void said.push({ n, verb: "ack" }),
    retry: (options?: QueueRetryOptions) => void said.push({ n, verb: "retry", delaySeconds: options?.delaySeconds }),
  }));
  return { batch: { queue: "drafthook-log", messages } as unknown as MessageBatch<unknown>, said };
}

async function rows(enrollmentId: string): Promise<number> {
  const found = env.DB.prepare("SELECT count(*) AS n FROM journal WHERE enrollment_id = ?").bind(enrollmentId);
  return (await found.first<number>("n")) ?? -1;
}

test("one message that can't be written keeps no other back", async () => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  const broken = { kind: "exchange" };
  const { batch, said } = batchOf([
    message("enr_q1", note("a")),
    message("enr_q2", broken),
    message("enr_q3", note("b")),
  ]);
  await consume(batch, env);
  expect(said).toEqual([
    { n: 0, verb: "ack" },
    { n: 1, verb: "retry", delaySeconds: 10 },
    { n: 2, verb: "ack" },
  ]);
  expect([await rows("enr_q1"), await rows("enr_q2"), await rows("enr_q3")]).toEqual([1, 0, 1]);
});

test("a long outage of D1 is outlasted: the waits grow to half an hour, a hundred tries are two days", async () => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  vi.spyOn(env.DB, "batch").mockRejectedValue(new Error("D1 is gone"));
  let seconds = 0;
  for (let attempts = 1; attempts <= 100; attempts++) {
    const { batch, said } = batchOf([message("enr_q4", note("a"))], attempts);
    await consume(batch, env);
    expect(said[0]?.verb).toBe("retry");
    seconds += said[0]?.delaySeconds ?? 0;
  }
  expect(seconds).toBeGreaterThan(40 * 3600);
  vi.mocked(env.DB.batch).mockRestore();
  await consume(batchOf([message("enr_q4", note("a"))]).batch, env);
  expect(await rows("enr_q4")).toBe(1);
});

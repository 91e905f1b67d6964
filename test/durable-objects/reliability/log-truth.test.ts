import { env } from "cloudflare:workers";
import { afterEach, expect, test, vi } from "vitest";
import { sha256Hex } from "../../../adapters/crypto/bytes.ts";
import { sha256Now } from "../../../adapters/crypto/sha256-now.ts";
import { contentOfRow, findMessage, listChain, listLines } from "../../../adapters/d1/evidence-lines.ts";
import type { LogMessage } from "../../../adapters/d1/log-message.ts";
import { openDatabase } from "../../../adapters/d1/tenant-db.ts";
import type { Write } from "../../../core/effects.ts";
import type { Enrollment } from "../../../core/enrollment.ts";
import { canonicalJson } from "../../../core/evidence/canonical.ts";
import { linkText } from "../../../core/evidence/link.ts";
import type { JournalEntry } from "../../../core/journal.ts";
import { EnrollmentStore } from "../../../durable-objects/enrollment-store.ts";
import { consume } from "../../../worker/queue.ts";
import { enroll, makeWorld, runUntil, START, setClock } from "../../support/enrollment.ts";
import { humanReply } from "../../support/replies.ts";

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** What twelve leads' objects committed, each entry by enrollment and line, and what they handed to the queue. */
interface BusyHour {
  readonly truth: Truth;
  readonly queue: readonly LogMessage[];
  readonly tenantId: string;
}

/** Each journal line as it was committed, by `<enrollment> <line>`; the lines of an enrollment count from 1. */
type Truth = ReadonlyMap<string, JournalEntry>;

async function aBusyHour(): Promise<BusyHour> {
  setClock(START);
  const truth = watchCommits();
  const queue: LogMessage[] = [];
  vi.spyOn(env.LOG_QUEUE, "sendBatch").mockImplementation(async (messages) => {
    for (const { body } of messages) queue.push(structuredClone(body) as LogMessage);
    return { metadata: { metrics: { backlogBytes: 0, backlogCount: 0 } } } as QueueSendBatchResponse;
  });
  const world = await makeWorld();
  world.answer = ({ n }) =>
    n % 4 === 0 ? new Response("", { status: 503 }) : Response.json({ body: `Hello ${n}`, subject: "A question" });
  for (let lead = 0; lead < 12; lead += 1) {
    // Of their own each: a person's reply would end their other enrollments too.
    const { stub } = await enroll(world, { email: `lead${lead}@lead.example` });
    await runUntil(stub, async () => (await stub.read())?.step === 1);
    if (lead % 3 === 0) await stub.receive(humanReply("Call me"));
    await runUntil(stub, async () => (await stub.read())?.phase.name === "finished", 30);
  }
  return { truth, queue, tenantId: world.tenantId };
}

/** Taken where the state is: what is lost from there on, in the outbox too, is missing from the log. */
function watchCommits(): Truth {
  const truth = new Map<string, JournalEntry>();
  const counts = new Map<string, number>();
  const { commit } = EnrollmentStore.prototype;
  vi.spyOn(EnrollmentStore.prototype, "commit").mockImplementation(function (
    this: EnrollmentStore,
    state: Enrollment,
    writes: readonly Write[],
    ...rest
  ) {
    commit.call(this, state, writes, ...rest);
    for (const write of writes) {
      if (write.type !== "journal") continue;
      const n = (counts.get(state.id) ?? 0) + 1;
      counts.set(state.id, n);
      truth.set(`${state.id} ${n}`, structuredClone(write.entry));
    }
  });
  return truth;
}

/** A queue that gives what it has in any order, some of it twice, and again what was not taken. */
async function deliver(queue: readonly LogMessage[], seed: number, isDown: () => boolean): Promise<number> {
  const dice = seeded(seed);
  const write = env.DB.batch.bind(env.DB);
  const spy = vi.spyOn(env.DB, "batch").mockImplementation(async (statements) => {
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
  spy.mockRestore();
  return refused;
}

/** Where the log, rows in D1 and exact bytes in R2, differs from what was committed: missing, more, in another place, or other words. */
async function differences(truth: Truth, tenantId: string): Promise<string[]> {
  const { results } = await env.DB.prepare("SELECT * FROM journal WHERE tenant_id = ? ORDER BY enrollment_id, entry")
    .bind(tenantId)
    .all<Row>();
  const lineOf = (row: Row) => `${row.enrollment_id} ${row.entry}`;
  const found = new Map(
    await Promise.all(results.map(async (row) => [lineOf(row), await hashOf(await wordsOfRow(row))] as const)),
  );
  const written = new Map(
    await Promise.all([...truth].map(async ([line, entry]) => [line, await hashOf(await wordsOf(entry))] as const)),
  );
  return [
    ...[...written].filter(([line, hash]) => found.get(line) !== hash).map(([line]) => line),
    ...[...found.keys()].filter((line) => !written.has(line)),
    ...(results.length === found.size ? [] : ["double"]),
  ];
}

type Row = Record<"enrollment_id" | "kind" | "what" | "detail", string> &
  Record<"entry" | "at", number> &
  Record<string, string | number | null>;

/** All that a line says, in one order; an exchange with the bytes of both sides. */
async function wordsOf(entry: JournalEntry): Promise<unknown> {
  const head = { kind: entry.kind, at: entry.at, step: entry.step };
  switch (entry.kind) {
    case "note": {
      const { code: what, subjectId, by, detail, gates } = entry;
      return { ...head, what, subjectId, detail: { ...detail, by, ...(gates === undefined ? {} : { gates }) } };
    }
    case "message": {
      const { direction: what, id: subjectId, text, subject, messageId, classification, draftId } = entry.message;
      const gates = entry.gates === undefined ? {} : { gates: entry.gates };
      const detail = { ...entry.message.detail, subject, messageId, classification, draftId, ...gates };
      return { ...head, what, subjectId, excerpt: text.slice(0, 200), detail };
    }
    case "exchange": {
      const { eventType: what, subjectId, attempt, outcome, reason, decision, exchange } = entry;
      const { status, url, traceId, totalMs, endpointId, responseSha256, requestHeaders, requestBody } = exchange;
      const { responseHeaders, responseBody, responseEncoding, responseCut } = exchange;
      return {
        ...{ ...head, what, subjectId, attempt, outcome, reason, decision },
        ...{ status, url, traceId, totalMs, endpointId, responseSha256, requestSha256: await sha256Hex(requestBody) },
        request: { headers: requestHeaders, body: requestBody },
        response: { headers: responseHeaders, body: responseBody, encoding: responseEncoding, cut: responseCut },
      };
    }
  }
}

/** The same of a row, and of what it names in R2. */
async function wordsOfRow(row: Row): Promise<unknown> {
  const { kind, at, step, what, detail, attempt, outcome, reason, decision, status, url, excerpt } = row;
  const head = { kind, at, step, what, subjectId: row["subject_id"] };
  if (kind === "note") return { ...head, detail: JSON.parse(detail) };
  if (kind === "message") return { ...head, excerpt, detail: JSON.parse(detail) };
  const stored = await env.BODIES.get(String(row["body_key"]));
  return {
    ...{ ...head, attempt, outcome, reason, decision, status, url, traceId: row["trace_id"] },
    ...{ totalMs: row["total_ms"], endpointId: row["endpoint_id"], responseSha256: row["response_sha256"] },
    requestSha256: row["request_sha256"],
    ...(await stored?.json<object>()),
  };
}

/** Whatever the order of the keys. */
function hashOf(words: unknown): Promise<string> {
  const sorted = (_key: string, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
      : value;
  return sha256Hex(JSON.stringify(words, sorted));
}

test("R8: D1 down for half an hour, messages twice and in any order: the log is what the objects wrote, and the index what they are", {
  timeout: 60_000,
}, async () => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  const { truth, queue, tenantId } = await aBusyHour();
  const backAt = Date.now() + 30 * 60_000;
  const refused = await deliver(queue, 7, () => Date.now() < backAt);
  expect(refused).toBeGreaterThan(queue.length);
  expect(truth.size).toBeGreaterThan(100);
  expect(await differences(truth, tenantId)).toEqual([]);
  expect(await brokenLinks(tenantId)).toEqual([]);
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

test("the chain shows a row that was changed, and one whose hash was made anew", async () => {
  const { queue, tenantId } = await aBusyHour();
  await deliver(queue, 7, () => false);
  expect(await brokenLinks(tenantId)).toEqual([]);
  const [row] = await rowsOf(tenantId);
  if (row === undefined) throw new Error("there is no row");
  const change = (sql: string, ...values: (string | number)[]) =>
    env.DB.prepare(`UPDATE journal SET ${sql} WHERE enrollment_id = ? AND entry = ?`)
      .bind(...values, row.enrollmentId, row.entry)
      .run();
  await change("at = at + 1");
  expect(await brokenLinks(tenantId)).toEqual([`${row.enrollmentId} ${row.entry}: says something else`]);
  const content = contentOfRow({ ...row, at: row.at + 1 }, null, sha256Now);
  await change("content_sha256 = ?", sha256Now(canonicalJson(content)));
  expect(await brokenLinks(tenantId)).toEqual([`${row.enrollmentId} ${row.entry}: hangs on nothing`]);
});

test("the judge sees a line that was lost between an object's commit and the queue", async () => {
  const { outbox } = EnrollmentStore.prototype;
  let lost = "";
  vi.spyOn(EnrollmentStore.prototype, "outbox").mockImplementation(function (this: EnrollmentStore) {
    return outbox.call(this).filter(({ n, entry }) => {
      if (n !== 4 || (lost !== "" && lost !== JSON.stringify(entry))) return true;
      lost = JSON.stringify(entry);
      return false;
    });
  });
  const { truth, queue, tenantId } = await aBusyHour();
  await deliver(queue, 7, () => false);
  const [missing, ...more] = await differences(truth, tenantId);
  expect(more).toEqual([]);
  expect(JSON.stringify(truth.get(missing ?? ""))).toBe(lost);
});

test("the judge sees a message that was lost, a line in another one's place, and one that says something else", async () => {
  const { truth, queue, tenantId } = await aBusyHour();
  const [first, ...others] = queue;
  if (first === undefined) throw new Error("nothing was handed over");
  const message = others.find(({ lines }) => lines[0]?.entry.kind === "exchange" && lines.length > 1);
  const [one, other] = message?.lines ?? [];
  if (message === undefined || one === undefined || other === undefined) throw new Error("no such message");
  const change = (lines: LogMessage["lines"]) => others.map((each) => (each === message ? { ...each, lines } : each));
  await deliver(others, 7, () => false);
  expect(await differences(truth, tenantId)).toHaveLength(first.lines.length);
  await forget(tenantId);
  const swapped = [{ ...one, entry: other.entry }, { ...other, entry: one.entry }, ...message.lines.slice(2)];
  await deliver([first, ...change(swapped)], 7, () => false);
  expect(await differences(truth, tenantId)).toHaveLength(2);
  await forget(tenantId);
  if (one.entry.kind !== "exchange") throw new Error("the first line is no exchange");
  const entry = { ...one.entry, exchange: { ...one.entry.exchange, responseBody: "{}" } };
  await deliver([first, ...change([{ ...one, entry }, ...message.lines.slice(1)])], 7, () => false);
  expect(await differences(truth, tenantId)).toHaveLength(1);
});

/** Every line of the tenant's enrollments, in order, with the message that some tell of. */
async function rowsOf(tenantId: string) {
  const tenant = { db: openDatabase(env.DB), tenantId, mode: "sandbox" } as const;
  const { results } = await env.DB.prepare("SELECT id FROM enrollments WHERE tenant_id = ?")
    .bind(tenantId)
    .all<{ id: string }>();
  const all = await Promise.all(
    results.map(async ({ id }) =>
      listLines(
        tenant,
        id,
        (await listChain(tenant, id)).map(({ entry }) => entry),
      ),
    ),
  );
  return all.flat();
}

/** What of the log no longer fits its hashes: contents, and how lines hang on those before. */
async function brokenLinks(tenantId: string): Promise<readonly string[]> {
  const tenant = { db: openDatabase(env.DB), tenantId, mode: "sandbox" } as const;
  const broken: string[] = [];
  const before = new Map<string, string>();
  for (const row of await rowsOf(tenantId)) {
    const { enrollmentId, entry, contentSha256, chainSha256 } = row;
    const message = row.kind === "message" ? await findMessage(tenant, row.subjectId ?? "") : null;
    if (sha256Now(canonicalJson(contentOfRow(row, message, sha256Now))) !== contentSha256)
      broken.push(`${enrollmentId} ${entry}: says something else`);
    const link = linkText(enrollmentId, entry, before.get(enrollmentId) ?? null, contentSha256 ?? "");
    if (sha256Now(link) !== chainSha256) broken.push(`${enrollmentId} ${entry}: hangs on nothing`);
    before.set(enrollmentId, chainSha256 ?? "");
  }
  return broken;
}

async function forget(tenantId: string): Promise<void> {
  await env.DB.prepare("DELETE FROM journal WHERE tenant_id = ?").bind(tenantId).run();
}

function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

import { env } from "cloudflare:workers";
import { afterEach, expect, test, vi } from "vitest";
import type { LogMessage } from "../../../../adapters/d1/log-message.ts";
import { MailboxPaused } from "../../../../core/contract/event.ts";
import type { NoticeJob, TellPausedJob } from "../../../../core/jobs.ts";
import type { JournalEntry } from "../../../../core/journal.ts";
import { sweepMailboxes } from "../../../../worker/judge-mailboxes.ts";
import { tellPaused } from "../../../../worker/notices.ts";
import { consume } from "../../../../worker/queue.ts";
import { customer } from "../../../support/cadences.ts";

const DAY_MS = 24 * 3600_000;

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** A live mailbox of a customer, and the log of what it sends. */
async function sender(mode: "live" | "sandbox" = "live") {
  const { tenantId, live, ask } = await customer();
  const client = mode === "live" ? live : ask;
  const { body } = await client.post("/v1/mailboxes", { provider: "sandbox", email: "jane@sender.example" });
  const mailboxId: string = body.id;
  const jobs = vi.spyOn(env.JOB_QUEUE, "send").mockResolvedValue({ metadata: {} } as never);
  let leads = 0;
  const lines = (entries: (id: string, at: number) => readonly JournalEntry[]): LogMessage => {
    leads += 1;
    const id = `enr_${mailboxId.slice(4)}_${leads}`;
    const index = { id, revision: 0, state: "active", exitReason: null, phase: "waiting", step: 0 } as const;
    const rest = {
      heldReason: null,
      draftId: null,
      nextDueAt: null,
      leadName: null,
      leadEmail: null,
      formerEmails: null,
      updatedAt: 0,
    };
    const said = entries(id, Date.now()).map((entry, n) => ({ n: n + 1, entry }));
    const about = { tenantId, mode, enrollmentId: id, mailboxId, cadenceId: "cad_x", version: 1 };
    return { ...about, index: { ...index, ...rest }, lines: said };
  };
  return {
    tenantId,
    mailboxId,
    client,
    jobs,
    well: () => lines((id, at) => [sent(id, at)]),
    returned: () => lines((id, at) => [sent(id, at), note(at, "exited", { reason: "bounced" })]),
    complained: () => lines((id, at) => [sent(id, at), note(at, "contact_refused", { reason: "complained" })]),
    mailbox: async () => (await client.get(`/v1/mailboxes/${mailboxId}`)).body,
  };
}

function sent(enrollmentId: string, at: number): JournalEntry {
  const words = { channel: "email", subject: "Hi", text: "Hi", messageId: null, from: null, to: null } as const;
  const message = { id: `${enrollmentId}_out_1`, direction: "out", at, ...words, step: 0, draftId: null } as const;
  return { kind: "message", at, step: 0, message: { ...message, classification: null, detail: {} } };
}

function note(at: number, code: string, detail: Record<string, unknown>): JournalEntry {
  return { kind: "note", at, step: 0, code, subjectId: null, by: "engine", detail };
}

/** The log's consumer gets a batch; nothing else looks. */
async function log(messages: readonly LogMessage[]): Promise<void> {
  const batch = messages.map((body, n) => ({
    id: String(n),
    timestamp: new Date(0),
    body,
    attempts: 1,
    ack() {},
    retry() {},
  }));
  await consume({ queue: "drafthook-log", messages: batch } as unknown as MessageBatch<unknown>, env);
}

const many = (count: number, make: () => LogMessage): LogMessage[] => Array.from({ length: count }, make);

test("T26: a mailbox whose mail begins to come back is stopped within 50 further sends, and no sweep is waited for", async () => {
  const box = await sender();
  await log(many(400, box.well));
  let [further, crossedAt] = [0, 0];
  while ((await box.mailbox()).enabled && further < 300) {
    await log(many(10, box.returned));
    further += 10;
    if (crossedAt === 0 && further > (400 + further) * 0.05) crossedAt = further;
  }
  console.info(`over the limit after ${crossedAt}, stopped after ${further}`);
  expect(further).toBeLessThan(300);
  expect(further - crossedAt).toBeLessThanOrEqual(50);
  expect(await box.mailbox()).toMatchObject({
    enabled: false,
    pausedReason: expect.stringContaining("of the last 430 messages came back"),
  });
});

test("the control: one message in twenty may come back, all the time", async () => {
  const box = await sender();
  for (let round = 0; round < 10; round += 1) await log([...many(95, box.well), ...many(5, box.returned)]);
  await sweepMailboxes(env, Date.now());
  expect(await box.mailbox()).toMatchObject({ enabled: true, pausedReason: null });
});

test("two complaints among a thousand stop it; one doesn't, however often it is told", async () => {
  const box = await sender();
  await log(many(998, box.well));
  const first = box.complained();
  for (let n = 0; n < 3; n += 1) await log([first]);
  expect((await box.mailbox()).enabled).toBe(true);
  await log([box.complained()]);
  expect(await box.mailbox()).toMatchObject({
    enabled: false,
    pausedReason: expect.stringContaining("2 of the last 1000 messages were called unwanted"),
  });
});

test("every endpoint is told once, in the words of the contract", async () => {
  const box = await sender();
  const endpoint = await box.client.post("/v1/endpoints", { url: "https://hooks.acme.example/" });
  await log([...many(50, box.well), ...many(10, box.returned)]);
  await log(many(10, box.returned));
  const told = box.jobs.mock.calls.map(([job]) => job as TellPausedJob).filter(({ type }) => type === "tell_paused");
  expect(told).toHaveLength(1);
  box.jobs.mockClear();
  await tellPaused(env, told[0] as TellPausedJob);
  const [[notice]] = box.jobs.mock.calls as unknown as [[NoticeJob]];
  expect(notice).toMatchObject({ type: "notice", endpointId: endpoint.body.id, eventType: "cadence.mailbox.paused" });
  expect(MailboxPaused.parse(JSON.parse(notice.body)).data).toMatchObject({ mailboxId: box.mailboxId });
});

test("what was not judged in passing is judged by the sweep", async () => {
  const box = await sender();
  const send = box.jobs;
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  const prepare = env.DB.prepare.bind(env.DB);
  vi.spyOn(env.DB, "prepare").mockImplementation((sql) => {
    if (sql.includes("judged_from FROM mailboxes")) throw new Error("no judge today");
    return prepare(sql);
  });
  await log([...many(60, box.well), ...many(20, box.returned)]);
  vi.mocked(env.DB.prepare).mockRestore();
  expect([(await box.mailbox()).enabled, send.mock.calls.length]).toEqual([true, 0]);
  await sweepMailboxes(env, Date.now());
  expect((await box.mailbox()).enabled).toBe(false);
});

test("switched on again, its count begins anew; a switch that nobody else had turned keeps the count", async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
  const box = await sender();
  await log([...many(60, box.well), ...many(20, box.returned)]);
  vi.setSystemTime(Date.now() + DAY_MS);
  const on = await box.client.patch(`/v1/mailboxes/${box.mailboxId}`, { enabled: true });
  expect(on.body).toMatchObject({ enabled: true, pausedReason: null });
  await log(many(49, box.returned));
  expect((await box.mailbox()).enabled).toBe(true);
  for (const enabled of [false, true]) await box.client.patch(`/v1/mailboxes/${box.mailboxId}`, { enabled });
  await log([box.returned()]);
  expect((await box.mailbox()).enabled).toBe(false);
});

test("mail of the sandbox is nobody's, and stops nothing", async () => {
  const box = await sender("sandbox");
  await log(many(100, box.returned));
  await sweepMailboxes(env, Date.now());
  expect((await box.mailbox()).enabled).toBe(true);
  const kept = await env.DB.prepare("SELECT count(*) AS n FROM mailbox_outcomes WHERE mailbox_id = ?")
    .bind(box.mailboxId)
    .first("n");
  expect(kept).toBe(0);
});

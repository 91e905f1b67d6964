import { env } from "cloudflare:workers";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { LogMessage } from "../../../adapters/d1/log-message.ts";
import { QuotaReached, QuotaWarning } from "../../../core/contract/quota-event.ts";
import type { NoticeJob, TellQuotaJob } from "../../../core/jobs.ts";
import type { Exchange, JournalEntry } from "../../../core/journal.ts";
import { enrollmentStub } from "../../../durable-objects/stub.ts";
import { tellQuota } from "../../../worker/notices.ts";
import { consume } from "../../../worker/queue.ts";
import { sweepQuotas } from "../../../worker/tell-quotas.ts";
import { wakeDue } from "../../../worker/wake-due.ts";
import { customer, LATER, LEAD, publishedCadence } from "../../support/cadences.ts";
import { humanReply } from "../../support/replies.ts";

const NOVEMBER = Date.parse("2026-11-21T12:00:00Z");

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** A customer whose plan has these quotas, in Berlin, on a day in November. */
async function planned(quotas: { drafts?: number; messages?: number; enrollments?: number }) {
  vi.useFakeTimers({ toFake: ["Date"] });
  vi.setSystemTime(NOVEMBER);
  const made = await customer();
  await env.DB.prepare("UPDATE tenants SET quota_drafts = ?, quota_messages = ?, quota_enrollments = ? WHERE id = ?")
    .bind(quotas.drafts ?? null, quotas.messages ?? null, quotas.enrollments ?? null, made.tenantId)
    .run();
  const jobs = vi.spyOn(env.JOB_QUEUE, "send").mockResolvedValue({ metadata: {} } as never);
  const told = () =>
    jobs.mock.calls.flatMap(([job]) => ((job as TellQuotaJob).type === "tell_quota" ? [job as TellQuotaJob] : []));
  return { ...made, jobs, told };
}

let lead = 0;
function log(tenantId: string, entries: readonly JournalEntry[], mode: "live" | "sandbox" = "live"): LogMessage {
  lead += 1;
  const id = `enr_quota${lead}`;
  const index = { id, revision: 0, state: "active", exitReason: null, phase: "waiting", step: 0 } as const;
  const rest = {
    heldReason: null,
    draftId: null,
    nextDueAt: null,
    leadName: null,
    leadEmail: null,
    formerEmails: null,
  };
  return {
    tenantId,
    mode,
    enrollmentId: id,
    mailboxId: null,
    cadenceId: "cad_x",
    version: 1,
    index: { ...index, ...rest, updatedAt: 0 },
    lines: entries.map((entry, n) => ({ n: n + 1, entry })),
  };
}

function message(at: number, direction: "out" | "in" = "out"): JournalEntry {
  lead += 1;
  const words = { channel: "email", subject: "Hi", text: "Hi", messageId: null, from: null, to: null } as const;
  const said = {
    id: `msg_quota${lead}`,
    direction,
    at,
    ...words,
    step: 0,
    draftId: null,
    classification: null,
    detail: {},
  };
  return { kind: "message", at, step: 0, message: said };
}

/** Lines of one enrollment, from line `n` on. */
function more(first: LogMessage, n: number, entries: readonly JournalEntry[]): LogMessage {
  return { ...first, lines: entries.map((entry, index) => ({ n: n + index, entry })) };
}

function asked(draftId: string, attempt: number, at = NOVEMBER): JournalEntry {
  const exchange: Exchange = {
    endpointId: "end_1",
    url: "https://drafter.example/hook",
    startedAt: at,
    requestHeaders: {},
    requestBody: "{}",
    status: 500,
    responseHeaders: {},
    responseBody: "",
    responseEncoding: "utf-8",
    responseBytes: 0,
    responseSha256: "",
    responseCut: false,
    firstByteMs: 1,
    totalMs: 1,
    traceId: "0",
    outcome: "http",
    reason: null,
  };
  const about = { about: "draft", subjectId: draftId, eventType: "cadence.step.draft.requested", step: 0 } as const;
  const ended = { outcome: "http_500", reason: null, decision: "try again" };
  return { kind: "exchange", at, ...about, attempt, exchange, ...ended };
}

function completed(subjectId: string): JournalEntry {
  return { kind: "note", at: NOVEMBER, step: 0, code: "completion_received", subjectId, by: "customer", detail: {} };
}

async function write(messages: readonly LogMessage[]): Promise<void> {
  const batch = messages.map((body, n) => ({
    id: `${n}`,
    timestamp: new Date(0),
    body,
    attempts: 1,
    ack() {},
    retry() {},
  }));
  await consume({ queue: "drafthook-log", messages: batch } as unknown as MessageBatch<unknown>, env);
}

describe("messages", () => {
  test("are counted once, however often the log brings them, and in the month of the tenant's own clock", async () => {
    const { tenantId, live, ask } = await planned({ messages: 100 });
    const batch = [
      log(tenantId, [message(NOVEMBER), message(NOVEMBER), message(NOVEMBER, "in")]),
      log(tenantId, [message(NOVEMBER)], "sandbox"),
      // In Berlin it is December by then.
      log(tenantId, [message(Date.parse("2026-11-30T23:30:00Z"))]),
    ];
    for (const again of [batch, batch, [...batch, ...batch]]) await write(again);
    expect((await live.get("/v1/usage")).body).toEqual({
      month: "2026-11",
      resetsAt: "2026-11-30T23:00:00.000Z",
      drafts: { used: 0, quota: null },
      messages: { used: 2, quota: 100 },
      enrollments: { used: 0, quota: null },
    });
    expect((await ask.get("/v1/usage")).body.messages).toEqual({ used: 2, quota: 100 });
    vi.setSystemTime(Date.parse("2026-12-01T12:00:00Z"));
    expect((await live.get("/v1/usage")).body).toMatchObject({ month: "2026-12", messages: { used: 1 } });
  });

  test("are told at four fifths and at the end, once each, to the tenant's endpoints", async () => {
    const { tenantId, told, live, jobs } = await planned({ messages: 10 });
    const endpoint = await live.post("/v1/endpoints", { name: "ours", url: "https://drafter.example/hook" });
    const send = (count: number) =>
      write([
        log(
          tenantId,
          Array.from({ length: count }, () => message(NOVEMBER)),
        ),
      ]);
    await send(7);
    expect(told()).toEqual([]);
    await send(1);
    const warned = { kind: "messages", month: "2026-11", used: 8, quota: 10, percent: 80 };
    expect(told().map(({ data }) => data)).toEqual([warned]);
    await send(1);
    await send(3);
    const reached = { kind: "messages", month: "2026-11", used: 12, quota: 10, percent: 100 };
    await send(5);
    expect(told().map(({ data }) => data)).toEqual([warned, reached]);
    for (const job of told()) await tellQuota(env, job);
    const notices = jobs.mock.calls.flatMap(([job]) =>
      (job as NoticeJob).type === "notice" ? [job as NoticeJob] : [],
    );
    expect(notices.map(({ endpointId, eventType }) => [endpointId, eventType])).toEqual([
      [endpoint.body.endpoint?.id ?? endpoint.body.id, "cadence.quota.warning"],
      [endpoint.body.endpoint?.id ?? endpoint.body.id, "cadence.quota.reached"],
    ]);
    expect(QuotaWarning.parse(JSON.parse(notices[0]?.body ?? "")).data).toEqual(warned);
    expect(QuotaReached.parse(JSON.parse(notices[1]?.body ?? "")).data).toEqual(reached);
  });

  test("that come all at once are told of as reached, and nobody is warned of what has happened", async () => {
    const { tenantId, told } = await planned({ messages: 3 });
    await write([log(tenantId, [message(NOVEMBER), message(NOVEMBER), message(NOVEMBER)])]);
    expect(told().map(({ data }) => data.percent)).toEqual([100]);
  });
});

describe("what the queue of jobs", () => {
  const levels = (told: readonly TellQuotaJob[]) => told.map(({ data }) => data.percent);
  const spend = async (tenantId: string, count: number) =>
    write([
      log(
        tenantId,
        Array.from({ length: count }, () => message(NOVEMBER)),
      ),
    ]);

  test("doesn't take is told by the next sweep, though nothing more is counted, and then once", async () => {
    const { tenantId, told, jobs } = await planned({ messages: 10 });
    jobs.mockRejectedValueOnce(new Error("no queue"));
    await spend(tenantId, 8);
    const before = told().length;
    await sweepQuotas(env, NOVEMBER);
    await sweepQuotas(env, NOVEMBER);
    expect([before, levels(told())]).toEqual([1, [80, 80]]);
  });

  test("has, and isn't kept as told, is told again under one id; a level that was passed isn't told any more", async () => {
    const { tenantId, told, jobs, live } = await planned({ messages: 10 });
    await live.post("/v1/endpoints", { name: "ours", url: "https://drafter.example/hook" });
    await spend(tenantId, 8);
    // What a crash between the two leaves.
    await env.DB.prepare("UPDATE plan_usage SET messages_told = 0 WHERE tenant_id = ?").bind(tenantId).run();
    await sweepQuotas(env, NOVEMBER);
    await spend(tenantId, 2);
    await sweepQuotas(env, NOVEMBER);
    expect(levels(told())).toEqual([80, 80, 100]);
    for (const job of told()) await tellQuota(env, job);
    const ids = jobs.mock.calls.flatMap(([job]) =>
      (job as NoticeJob).type === "notice" ? [(job as NoticeJob).id] : [],
    );
    expect([ids.length, ids[0] === ids[1], ids[1] === ids[2]]).toEqual([3, true, false]);
  });

  test("gets from the sweep is nothing of who has no quota, was told, or whose month is over", async () => {
    const { tenantId } = await planned({});
    const other = await planned({ messages: 10 });
    await spend(tenantId, 20);
    await spend(other.tenantId, 9);
    await sweepQuotas(env, NOVEMBER);
    expect(other.told().map((job) => [job.tenantId, job.data.percent])).toEqual([[other.tenantId, 80]]);
    await env.DB.prepare("UPDATE plan_usage SET messages_told = 0 WHERE tenant_id = ?").bind(other.tenantId).run();
    await sweepQuotas(env, Date.parse("2026-12-01T12:00:00Z"));
    expect(levels(other.told())).toEqual([80]);
  });
});

describe("drafts", () => {
  async function counting() {
    const { tenantId, live } = await planned({ drafts: 100 });
    const used = async () => (await live.get("/v1/usage")).body.drafts.used;
    return { log: log(tenantId, []), used };
  }
  let draft = 0;
  const newDraft = () => {
    draft += 1;
    return `drf_quota_0_${draft}`;
  };

  test("count once however often they are asked for, in one batch, in several, or brought twice", async () => {
    const { log, used } = await counting();
    const [one, two] = [newDraft(), newDraft()];
    const batches = [
      [more(log, 1, [asked(one, 1), asked(one, 2), asked(two, 1)])],
      [more(log, 4, [asked(one, 3)]), more(log, 5, [asked(two, 2)])],
    ];
    for (const batch of [...batches, ...batches]) await write(batch);
    expect(await used()).toBe(2);
  });

  test("count by whatever attempt is known first, where the one before was cut off by a crash", async () => {
    const { log, used } = await counting();
    const id = newDraft();
    await write([more(log, 2, [asked(id, 2)])]);
    expect(await used()).toBe(1);
    // In the next month by now, and the line that was late.
    await write([more(log, 3, [asked(id, 3, Date.parse("2026-12-02T12:00:00Z"))]), more(log, 1, [asked(id, 1)])]);
    expect(await used()).toBe(1);
    vi.setSystemTime(Date.parse("2026-12-02T12:00:00Z"));
    expect(await used()).toBe(0);
  });

  test("count when only their answer is known; answers to replies are no drafts", async () => {
    const { log, used } = await counting();
    const id = newDraft();
    for (const lines of [[completed(id)], [completed(id), asked(id, 2)]]) await write([more(log, 1, lines)]);
    await write([more(log, 9, [completed("evt_quota_1")])]);
    expect(await used()).toBe(1);
  });

  test("of whoever was erased are counted no more, though what is told of them comes again and again", async () => {
    const { tenantId, live, mailboxId } = await planned({ drafts: 100 });
    const used = async () => (await live.get("/v1/usage")).body.drafts.used;
    const message = log(tenantId, [asked(newDraft(), 1)]);
    await env.DB.prepare(
      "INSERT INTO enrollments (id, tenant_id, mode, cadence_id, version, lead_external_id, beginning, mailbox_id, state, exit_reason, phase, revision, created_at, updated_at) VALUES (?, ?, 'live', 'cad_x', 1, ?, '{}', ?, 'exited', 'erased', 'finished', 9007199254740991, 0, 0)",
    )
      .bind(message.enrollmentId, tenantId, message.enrollmentId, mailboxId)
      .run();
    for (let time = 0; time < 3; time += 1) await write([message]);
    expect(await used()).toBe(0);
  });
});

describe("enrollments", () => {
  const enroll = (live: Awaited<ReturnType<typeof customer>>["live"], cadence: string, n: number) =>
    live.post(`/v1/cadences/${cadence}/enrollments`, { ...LEAD, leadExternalId: `lead-${n}`, startAt: LATER });

  async function live(quota: number) {
    const made = await planned({ enrollments: quota });
    await made.live.post("/v1/mailboxes", { provider: "sandbox", email: "ana@acme.example" });
    return { ...made, cadence: await publishedCadence(made.live) };
  }

  test("are refused beyond the quota, to the last one exactly, whoever asks at the same time", async () => {
    const { live: client, cadence, told } = await live(5);
    const answers = await Promise.all(Array.from({ length: 12 }, (_, n) => enroll(client, cadence, n)));
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array(5).fill(201), ...Array(7).fill(403)]);
    const { body } = answers.find(({ status }) => status === 403) ?? { body: {} };
    expect(body.code).toBe("quota_reached");
    expect(body.detail).toContain("5 enrollments of 2026-11");
    expect(body.detail).toContain("2026-11-30T23:00:00.000Z");
    expect((await client.get("/v1/usage")).body.enrollments).toEqual({ used: 5, quota: 5 });
    await expect
      .poll(() =>
        told()
          .map(({ data }) => data.percent)
          .at(-1),
      )
      .toBe(100);
  });

  test("count a lead once; who is there is answered also when nothing is left, and the next month has new ones", async () => {
    const { live: client, cadence } = await live(1);
    expect((await enroll(client, cadence, 1)).status).toBe(201);
    const repeat = await enroll(client, cadence, 1);
    expect([repeat.status, repeat.body.created]).toEqual([200, false]);
    expect((await enroll(client, cadence, 2)).status).toBe(403);
    vi.setSystemTime(Date.parse("2026-11-30T23:00:00Z"));
    expect((await enroll(client, cadence, 2)).status).toBe(201);
  });

  test("of test keys count nowhere, and a quota of none lets nobody in", async () => {
    const { ask, live: client, cadence } = await live(0);
    const sandbox = await publishedCadence(ask);
    expect((await enroll(ask, sandbox, 1)).status).toBe(201);
    expect((await enroll(client, cadence, 1)).status).toBe(403);
    expect((await client.get("/v1/usage")).body.enrollments).toEqual({ used: 0, quota: 0 });
  });
});

test("whoever is refused by the quota leaves the enrollment of before as it was: its end by a reply can be taken back", async () => {
  const { live, tenantId } = await planned({ enrollments: 1 });
  await live.post("/v1/mailboxes", { provider: "sandbox", email: "ana@acme.example" });
  const cadence = await publishedCadence(live, { reenroll: "always" });
  const enroll = () => live.post(`/v1/cadences/${cadence}/enrollments`, LEAD);
  const stub = enrollmentStub(env, tenantId, (await enroll()).body.enrollment.id);
  await stub.receive(humanReply("Yes, call me."));
  const before = await stub.read();
  expect(before?.phase).toMatchObject({ name: "finished", exit: { reason: "replied" } });
  const refused = await enroll();
  expect([refused.status, refused.body.code]).toEqual([403, "quota_reached"]);
  expect(await stub.read()).toEqual(before);
});

test("whoever waits looks again by the next sweep when the operator has changed what they wait for, and once", async () => {
  const { tenantId, jobs } = await planned({});
  await env.DB.prepare("UPDATE tenants SET wake_due = 1 WHERE id = ?").bind(tenantId).run();
  await wakeDue(env);
  await wakeDue(env);
  const woken = jobs.mock.calls.filter(([job]) => (job as { tenantId: string }).tenantId === tenantId);
  expect(woken.map(([job]) => job)).toMatchObject([
    { type: "wake", mode: "live", where: {}, cause: "switch_on" },
    { type: "wake", mode: "sandbox" },
  ]);
});

test("a wake that the queue doesn't take is queued by the next sweep", async () => {
  const { tenantId, jobs } = await planned({});
  await env.DB.prepare("UPDATE tenants SET wake_due = 1 WHERE id = ?").bind(tenantId).run();
  jobs.mockRejectedValueOnce(new Error("no queue"));
  await wakeDue(env).catch(() => undefined);
  await wakeDue(env);
  const modes = jobs.mock.calls
    .map(([job]) => job as { tenantId: string; mode: string })
    .filter((job) => job.tenantId === tenantId)
    .map(({ mode }) => mode);
  expect(modes).toEqual(["live", "live", "sandbox"]);
});

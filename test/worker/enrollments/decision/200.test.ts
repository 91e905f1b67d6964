import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Decision } from "../../../../core/contract/decision.ts";
import { UNPACED } from "../../../../core/pace/settings.ts";
import { dayIn } from "../../../../core/schedule.ts";
import { personStub } from "../../../../durable-objects/ask-contacts.ts";
import { takenOf } from "../../../../durable-objects/ask-daily-cap.ts";
import { readLoad } from "../../../../durable-objects/ask-pace.ts";
import { keyFor } from "../../../support/cadences.ts";
import {
  enroll,
  makeWorld,
  ring,
  runUntil,
  sandboxMail,
  setClock,
  type World,
  type WorldOptions,
} from "../../../support/enrollment.ts";
import { projectAtOnce } from "../../../support/project-at-once.ts";
import { type ApiClient, api } from "../../../support/worker.ts";

const STATIC = { kind: "email", draftStrategy: "static", staticSubject: "A question", staticBody: "Hello" };
/** Noon in London, 13:00 in Paris. Far ahead, so that no alarm rings by itself. */
const SATURDAY = Date.parse("2030-11-09T12:00:00Z");
const MONDAY = "2030-11-11T08:00:00.000Z";

beforeEach(() => {
  setClock(SATURDAY);
  projectAtOnce();
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

async function world(options: WorldOptions): Promise<{ world: World; ask: ApiClient }> {
  const made = await makeWorld({ steps: [STATIC, { ...STATIC, delayDays: 2 }], ...options });
  return { world: made, ask: api(await keyFor(made.tenantId)) };
}

async function decisionOf(ask: ApiClient, id: string): Promise<Decision> {
  const { status, body } = await ask.get(`/v1/enrollments/${id}/decision`);
  expect(status).toBe(200);
  return Decision.parse(body);
}

const gateNames = (gates: Decision["current"][number]["gates"]) => gates.map(({ gate }) => gate);

test("a step that waits for business hours says until when, by whose clock and why, and what every other gate says", async () => {
  const { world: acme, ask } = await world({ settings: { businessHoursOnly: true } });
  const { id, stub } = await enroll(acme);
  await runUntil(stub, () => true);
  const decision = await decisionOf(ask, id);
  expect(decision.summary).toBe(
    "Step 1 (email) waits until Mon 2030-11-11 09:00 Europe/Paris, because it is outside business hours in Europe/Paris (the lead has no time zone, the mailbox has no time zone).",
  );
  expect(decision.next).toMatchObject({
    step: 0,
    action: "ask_for_draft",
    earliestAt: MONDAY,
    blockedBy: "window",
  });
  expect(gateNames(decision.next?.gatesNow ?? [])).toEqual([
    "person",
    "delay",
    "switches",
    "suppression",
    "endpoint",
    "mailbox",
    "condition",
    "absence",
    "window",
    "quota",
    "daily_cap",
  ]);
  expect(decision.next?.gatesNow.filter(({ verdict }) => verdict !== "pass")).toMatchObject([
    { gate: "window", verdict: "wait", reason: "outside_business_hours", until: MONDAY },
  ]);
  expect(decision.next?.gatesThen.every(({ verdict }) => verdict === "pass")).toBe(true);
});

test("passed steps show the gates as they stood; the step in hand what they said so far", async () => {
  const { world: acme, ask } = await world({ settings: { businessHoursOnly: true } });
  const { id, stub } = await enroll(acme);
  await runUntil(stub, async () => (await sandboxMail(id)).length === 1);
  await runUntil(stub, async () => (await decisionOf(ask, id)).past.length === 1);
  const { past, next } = await decisionOf(ask, id);
  expect(past).toHaveLength(1);
  expect(past[0]).toMatchObject({ step: 0, outcome: "sent", at: MONDAY });
  expect(past[0]?.traces.map(({ what }) => what)).toEqual(["waiting", "sent"]);
  expect(past[0]?.traces[0]?.gates.at(-1)).toMatchObject({ gate: "window", reason: "outside_business_hours" });
  expect(gateNames(past[0]?.traces[1]?.gates ?? [])).toContain("daily_cap");
  expect(next).toMatchObject({ step: 1, blockedBy: "delay", earliestAt: "2030-11-13T08:00:00.000Z" });
});

test("whoever comes after the day's cap is told the day", async () => {
  const { world: acme, ask } = await world({ settings: { dailySendCap: 1 } });
  const first = await enroll(acme);
  const second = await enroll(acme, { email: "bob@lead.example" });
  await runUntil(first.stub, async () => (await sandboxMail(first.id)).length === 1);
  const { summary, next } = await decisionOf(ask, second.id);
  expect(next).toMatchObject({ earliestAt: "2030-11-09T23:00:00.000Z", blockedBy: "daily_cap" });
  expect(next?.gatesNow.at(-1)?.read).toMatchObject({ day: "2030-11-09", dailySendCap: 1, taken: 1 });
  expect(summary).toContain("because the cadence's 1 messages of 2030-11-09 are sent or taken");
});

test("what a person may be sent has its time too, and it is the time at which the message leaves", async () => {
  const { world: acme, ask } = await world({ settings: { dailySendCap: 50 } });
  await env.DB.prepare("UPDATE tenants SET frequency_limits = ? WHERE id = ?")
    .bind(JSON.stringify({ person: { messages: 1, days: 3 }, company: null }), acme.tenantId)
    .run();
  const { id, stub } = await enroll(acme);
  await runUntil(stub, async () => (await stub.read())?.outcomes.length === 1);
  await enroll(acme);
  const limited = await decisionOf(ask, id);
  expect(limited.next).toMatchObject({ earliestAt: "2030-11-12T12:00:00.001Z", blockedBy: "contact" });
  expect(limited.summary).toContain("this person was sent 1 messages in 3 days, and may be sent 1");
  await runUntil(stub, async () => (await sandboxMail(id)).length === 2);
  expect(new Date(Date.now()).toISOString()).toBe(limited.next?.earliestAt);
});

test("a mailbox with a pace says each lead's own turn, and the message leaves then", async () => {
  const { world: acme, ask } = await world({ steps: [STATIC], settings: { businessHoursOnly: true } });
  await env.DB.prepare("UPDATE mailboxes SET daily_send_cap = 2, min_gap_seconds = 600 WHERE id = ?")
    .bind(acme.mailboxId)
    .run();
  const leads = [
    await enroll(acme),
    await enroll(acme, { email: "b@b.example" }),
    await enroll(acme, { email: "c@c.example" }),
  ];
  for (const { stub } of leads) await runUntil(stub, async () => (await stub.read())?.phase.wakeAt !== SATURDAY);
  setClock(Date.parse(MONDAY));
  for (const { stub } of leads) await ring(stub);
  const [sent, second, third] = leads;
  expect([(await sandboxMail(sent?.id ?? "")).length, second?.id, third?.id]).toEqual([1, second?.id, third?.id]);
  for (const { id, stub } of [second, third].filter((lead) => lead !== undefined)) {
    const { next, summary } = await decisionOf(ask, id);
    const why = id === second?.id ? "the mailbox keeps 600 seconds between" : "the mailbox's 2 messages of 2030-11-11";
    expect([next?.blockedBy, summary]).toEqual(["mailbox_pace", expect.stringContaining(why)]);
    await runUntil(stub, async () => (await sandboxMail(id)).length === 1);
    expect(new Date(Date.now()).toISOString()).toBe(next?.earliestAt);
  }
  expect(dayIn(Date.now(), "Europe/Paris")).toBe("2030-11-12");
});

test("asking takes nothing: after a hundred questions no count has anything in it", async () => {
  const { world: acme, ask } = await world({ settings: { dailySendCap: 1 } });
  await env.DB.batch([
    env.DB.prepare("UPDATE mailboxes SET daily_send_cap = 1 WHERE id = ?").bind(acme.mailboxId),
    env.DB.prepare("UPDATE tenants SET frequency_limits = ? WHERE id = ?").bind(
      '{"person":{"messages":1,"days":1},"company":null}',
      acme.tenantId,
    ),
  ]);
  const { id, stub } = await enroll(acme);
  const pace = { ...UNPACED, dailySendCap: 1 };
  const mailbox = { id: acme.mailboxId, pace, timeZone: "Europe/Paris" };
  const counts = async () => ({
    cadence: (await takenOf(env, acme.tenantId, acme.cadence.id, "2030-11-09", false)).cadence,
    mailbox: (await readLoad(env, acme.tenantId, mailbox)).load,
    person: await runInDurableObject(
      await personStub(env, { tenantId: acme.tenantId, mode: "sandbox" }, "jane@lead.example"),
      (_object, { storage }) => storage.sql.exec("SELECT 1 FROM messages").toArray().length,
    ),
  });
  for (let n = 0; n < 100; n += 1) await decisionOf(ask, id);
  expect(await counts()).toEqual({ cadence: 0, mailbox: 0, person: 0 });
  // The control: a message is in all of them.
  await runUntil(stub, async () => (await sandboxMail(id)).length === 1);
  expect(await counts()).toEqual({ cadence: 1, mailbox: 1, person: 1 });
});

test("a draft that rests between two attempts is asked again when its rest is over, whatever the windows say", async () => {
  setClock(Date.parse("2030-11-08T15:59:00Z"));
  const { world: acme, ask } = await world({ steps: [{ kind: "email" }], settings: { businessHoursOnly: true } });
  acme.answer = () => new Response("", { status: 500 });
  const { id, stub } = await enroll(acme);
  await runUntil(stub, async () => (await stub.read())?.phase.name === "resting");
  const restsUntil = (await stub.read())?.phase.wakeAt ?? 0;
  vi.setSystemTime(Date.parse("2030-11-08T16:00:30Z"));
  const { next } = await decisionOf(ask, id);
  expect(next).toMatchObject({
    action: "ask_for_draft",
    earliestAt: new Date(Math.max(restsUntil, Date.now())).toISOString(),
  });
});

test.each([
  ["tenants SET enabled = 0 WHERE id = ?1", "tenantId", "switches", "the tenant is switched off"],
  ["mailboxes SET enabled = 0 WHERE id = ?1", "mailboxId", "switches", "the mailbox is switched off"],
] as const)("what only a person ends has no time: UPDATE %s", async (statement, of, gate, why) => {
  const { world: acme, ask } = await world({});
  const { id } = await enroll(acme);
  await env.DB.prepare(`UPDATE ${statement}`).bind(acme[of]).run();
  const { summary, next } = await decisionOf(ask, id);
  expect(next).toMatchObject({ earliestAt: null, blockedBy: gate, gatesThen: [] });
  expect(summary).toBe(`Step 1 (email) waits, and nobody can say until when, because ${why}.`);
});

test("a pause says by whom, a hold why, and an end how", async () => {
  const { world: acme, ask } = await world({ steps: [{ ...STATIC, staticBody: "Hi {{nickname}}" }] });
  const { id, stub } = await enroll(acme);
  await ask.post(`/v1/enrollments/${id}/pause`);
  expect((await decisionOf(ask, id)).summary).toMatch(/because paused by /);
  await ask.post(`/v1/enrollments/${id}/resume`);
  await runUntil(stub, async () => (await stub.read())?.phase.name === "held");
  const held = await decisionOf(ask, id);
  expect([held.next, held.state]).toEqual([null, "held"]);
  expect(held.summary).toMatch(/^Step 1: it is held for a person: /);
  await ask.post(`/v1/enrollments/${id}/unenroll`, { reason: "bought already" });
  expect((await decisionOf(ask, id)).summary).toBe("Step 1: it has ended: unenrolled, bought already.");
});

test("a step that a condition passes over keeps the gate that did it", async () => {
  const { world: acme, ask } = await world({
    steps: [STATIC, { ...STATIC, delayDays: 1, condition: "never_replied" }, { ...STATIC, delayDays: 5 }],
    settings: { exitOnReply: false },
  });
  const { id, stub } = await enroll(acme);
  await runUntil(stub, async () => (await sandboxMail(id)).length === 1);
  await env.DB.prepare(
    "INSERT INTO suppressions (id, tenant_id, mode, scope, value, reason, created_at) VALUES ('sup_x', ?, 'sandbox', 'address', 'jane@lead.example', 'asked', 0)",
  )
    .bind(acme.tenantId)
    .run();
  const before = await decisionOf(ask, id);
  expect(before.next).toMatchObject({ earliestAt: null, blockedBy: "suppression" });
  expect(before.summary).toContain("will not be sent and the enrollment ends");
  await runUntil(stub, async () => (await stub.read())?.phase.name === "finished");
  const after = await decisionOf(ask, id);
  expect(after.past[1]).toMatchObject({ outcome: "stopped", reason: "suppressed" });
  expect(after.past[1]?.traces.at(-1)).toMatchObject({
    what: "gate_closed",
    gates: [{ gate: "switches" }, { gate: "suppression", verdict: "stop", read: { suppressed: { scope: "address" } } }],
  });
});

const CLOCKS: readonly (readonly [name: string, settings: WorldOptions["settings"], lead: Record<string, string>])[] = [
  ["business hours in Tokyo", { businessHoursOnly: true }, { timeZone: "Asia/Tokyo" }],
  [
    "an afternoon window in New York",
    { sendingWindows: [{ days: ["tue"], from: "14:00", to: "14:30" }] },
    { timeZone: "America/New_York" },
  ],
  ["jitter", { businessHoursOnly: true, jitterMinutes: 90 }, {}],
  ["a blackout until December", { blackoutDates: [{ from: "2030-11-08", to: "2030-11-30" }] }, {}],
  [
    "a holiday of the lead's country",
    { businessHoursOnly: true, holidayCalendars: ["lead"] },
    { timeZone: "Asia/Tokyo", country: "JP" },
  ],
];

test.each(CLOCKS)("what it says is what happens: %s", async (_name, settings, lead) => {
  const { world: acme, ask } = await world({ settings: { ...settings } });
  const { id, stub } = await enroll(acme, lead);
  for (const sent of [1, 2]) {
    const { next } = await decisionOf(ask, id);
    await runUntil(stub, async () => (await sandboxMail(id)).length === sent);
    expect(new Date(Date.now()).toISOString()).toBe(next?.earliestAt);
    await runUntil(stub, async () => (await stub.read())?.outcomes.length === sent);
  }
});

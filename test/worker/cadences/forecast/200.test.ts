import { env } from "cloudflare:workers";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Forecast } from "../../../../core/contract/forecast.ts";
import { dayIn } from "../../../../core/schedule.ts";
import type { EnrollmentStub } from "../../../../durable-objects/stub.ts";
import { keyFor } from "../../../support/cadences.ts";
import { alarmOf, enroll, makeWorld, ring, setClock, type WorldOptions } from "../../../support/enrollment.ts";
import { projectAtOnce } from "../../../support/project-at-once.ts";
import { type ApiClient, api } from "../../../support/worker.ts";

const STATIC = { kind: "email", draftStrategy: "static", staticSubject: "A question", staticBody: "Hello" };
/** Far ahead, so that no alarm rings by itself. */
const FRIDAY = Date.parse("2030-11-08T15:30:00Z");
const DAY_MS = 24 * 3600_000;

beforeEach(() => {
  setClock(FRIDAY);
  projectAtOnce();
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

async function forecastOf(ask: ApiClient, id: string): Promise<Forecast> {
  const { status, body } = await ask.get(`/v1/cadences/${id}/forecast`);
  expect([status, body.detail]).toEqual([200, undefined]);
  return Forecast.parse(body);
}

/** Lets the engine run: whoever's alarm is next, until `until` (ms). */
async function runAll(stubs: readonly EnrollmentStub[], until: number): Promise<void> {
  for (;;) {
    const alarms = await Promise.all(
      stubs.map(async (stub) => ({ stub, at: (await alarmOf(stub)) ?? Number.POSITIVE_INFINITY })),
    );
    const [next] = alarms.toSorted((a, b) => a.at - b.at);
    if (next === undefined || next.at > until) return;
    vi.setSystemTime(Math.max(Date.now(), next.at));
    await ring(next.stub);
  }
}

/** What went out from now on, by day in Paris. */
async function sentByDay(tenantId: string): Promise<Readonly<Record<string, number>>> {
  const { results } = await env.DB.prepare("SELECT at FROM sandbox_mail WHERE tenant_id = ?")
    .bind(tenantId)
    .all<{ at: number }>();
  const days: Record<string, number> = {};
  for (const { at } of results) {
    const day = dayIn(at, "Europe/Paris");
    days[day] = (days[day] ?? 0) + 1;
  }
  return days;
}

const CASES: readonly (readonly [name: string, options: WorldOptions, leads: number])[] = [
  [
    "business hours, three steps, a wait among them",
    {
      steps: [STATIC, { kind: "wait", delayDays: 1 }, { ...STATIC, delayDays: 2 }, { ...STATIC, delayDays: 3 }],
      settings: { businessHoursOnly: true },
    },
    6,
  ],
  ["a cap that puts most off", { steps: [STATIC, { ...STATIC, delayDays: 6 }], settings: { dailySendCap: 2 } }, 9],
  ["a cap that puts some off past the fourteen days", { steps: [STATIC], settings: { dailySendCap: 1 } }, 17],
  [
    "closed days",
    {
      steps: [STATIC, { ...STATIC, delayDays: 4 }],
      settings: { businessHoursOnly: true, blackoutDates: [{ from: "2030-11-12", to: "2030-11-14" }] },
    },
    5,
  ],
];

test.each(CASES)("the forecast is what then goes out: %s", async (_name, options, leads) => {
  const world = await makeWorld(options);
  const ask = api(await keyFor(world.tenantId));
  const stubs: EnrollmentStub[] = [];
  for (let n = 0; n < leads; n += 1) {
    const timeZone = n % 2 === 0 ? null : "America/New_York";
    stubs.push((await enroll(world, { email: `lead-${n}@lead.example`, timeZone })).stub);
  }
  const { days, active, putOff } = await forecastOf(ask, world.cadence.id);
  expect([active, days.length]).toEqual([leads, 14]);
  const already = await sentByDay(world.tenantId);
  await runAll(stubs, FRIDAY + 14 * DAY_MS);
  const sent = await sentByDay(world.tenantId);
  const went = days.map(({ day }) => ({ day, messages: (sent[day] ?? 0) - (already[day] ?? 0) }));
  expect(days.map(({ day, messages }) => ({ day, messages }))).toEqual(went);
  expect(days.every(({ messages, byMailbox }) => messages === (byMailbox[0]?.messages ?? 0))).toBe(true);
  expect(putOff).toBe(options.settings?.dailySendCap === 1 ? leads - 14 : 0);
});

test("the mailbox's cap bounds it too", async () => {
  const world = await makeWorld({ steps: [STATIC], settings: { businessHoursOnly: true } });
  await env.DB.prepare("UPDATE mailboxes SET daily_send_cap = 2 WHERE id = ?").bind(world.mailboxId).run();
  const ask = api(await keyFor(world.tenantId));
  const stubs: EnrollmentStub[] = [];
  for (let n = 0; n < 7; n += 1) stubs.push((await enroll(world, { email: `lead-${n}@lead.example` })).stub);
  const { days } = await forecastOf(ask, world.cadence.id);
  await runAll(stubs, FRIDAY + 14 * DAY_MS);
  const sent = await sentByDay(world.tenantId);
  expect(days.map(({ day, messages }) => ({ day, messages }))).toEqual(
    days.map(({ day }) => ({ day, messages: sent[day] ?? 0 })),
  );
});

test("what waits for a person isn't reckoned with, and what is switched off is said", async () => {
  const world = await makeWorld({ steps: [STATIC], settings: { businessHoursOnly: true } });
  const ask = api(await keyFor(world.tenantId));
  const [paused] = [await enroll(world), await enroll(world, { email: "bob@lead.example" })];
  await ask.post(`/v1/enrollments/${paused.id}/pause`);
  await env.DB.prepare("UPDATE mailboxes SET enabled = 0 WHERE id = ?").bind(world.mailboxId).run();
  await vi.waitFor(async () =>
    expect((await forecastOf(ask, world.cadence.id)).leftOut).toEqual({ paused: 1, held: 0 }),
  );
  const { active, assumes, days } = await forecastOf(ask, world.cadence.id);
  expect([active, days.reduce((sum, { messages }) => sum + messages, 0)]).toEqual([1, 1]);
  expect(assumes.join(" ")).toContain("ana@acme.example");
});

/** Another row like this one, but for what is said. */
async function copyRow(table: string, id: string, changes: Readonly<Record<string, unknown>>): Promise<void> {
  const row = await env.DB.prepare(`SELECT * FROM ${table} WHERE id = ?`).bind(id).first();
  const { seq: _, ...copy }: Record<string, unknown> = { ...row, ...changes };
  const columns = Object.keys(copy);
  await env.DB.prepare(`INSERT INTO ${table} (${columns}) VALUES (${columns.map(() => "?")})`)
    .bind(...Object.values(copy))
    .run();
}

test("a hundred mailboxes cost no more questions to the database than one", async () => {
  const world = await makeWorld({ steps: [STATIC], settings: { businessHoursOnly: true } });
  const ask = api(await keyFor(world.tenantId));
  const { id } = await enroll(world);
  const questions = async () => {
    const asked = [vi.spyOn(env.DB, "prepare"), vi.spyOn(env.DB, "batch")];
    const forecast = await forecastOf(ask, world.cadence.id);
    const count = asked.reduce((sum, { mock }) => sum + mock.calls.length, 0);
    for (const spy of asked) spy.mockRestore();
    return { count, mailboxes: forecast.days.flatMap(({ byMailbox }) => byMailbox).length };
  };
  // The first one finds the key, too.
  await questions();
  const one = await questions();
  for (let n = 100; n <= 200; n += 1) {
    const mailboxId = `${world.mailboxId.slice(0, -3)}${n}`;
    await copyRow("mailboxes", world.mailboxId, { id: mailboxId, is_default: 0, daily_send_cap: 5 });
    const lead = { lead_external_id: `lead-${n}`, mailbox_id: mailboxId };
    await copyRow("enrollments", id, { id: `${id.slice(0, -3)}${n}`, ...lead });
  }
  expect([one.mailboxes, await questions()]).toEqual([1, { count: one.count, mailboxes: 102 }]);
});

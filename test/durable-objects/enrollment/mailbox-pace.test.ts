import { env } from "cloudflare:workers";
import { afterEach, expect, test, vi } from "vitest";
import type { PlaceAsk } from "../../../core/pace/ask-place.ts";
import { UNPACED } from "../../../core/pace/settings.ts";
import type { EnrollmentStub } from "../../../durable-objects/stub.ts";
import {
  alarmOf,
  drafts,
  enroll,
  makeWorld,
  ring,
  runUntil,
  sandboxMail,
  setClock,
  type World,
} from "../../support/enrollment.ts";
import { DAY, HOUR, MONDAY, placeAsk } from "../../support/pace.ts";

const STATIC = { kind: "email", draftStrategy: "static", staticSubject: "A question", staticBody: "Hello" };
const ONE_STEP = { steps: [STATIC], settings: { businessHoursOnly: true } };

type Enrolled = Awaited<ReturnType<typeof enroll>>;

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

async function paced(world: World, columns: Readonly<Record<string, string | number | null>>): Promise<void> {
  const set = Object.keys(columns).map((column, n) => `${column} = ?${n + 2}`);
  await env.DB.prepare(`UPDATE mailboxes SET ${set.join(", ")} WHERE id = ?1`)
    .bind(world.mailboxId, ...Object.values(columns))
    .run();
}

async function waiting(stub: EnrollmentStub) {
  const state = await stub.read();
  return state !== null && "waitingFor" in state.phase ? state.phase.waitingFor : null;
}

test("the second of a mailbox that sends one a day leaves on the next, and says so until then", async () => {
  setClock(MONDAY);
  const world = await makeWorld(ONE_STEP);
  await paced(world, { daily_send_cap: 1, time_zone: "Europe/Paris" });
  const [first, second] = [await enroll(world), await enroll(world)];
  await runUntil(first.stub, async () => (await sandboxMail(first.id)).length > 0);
  await ring(second.stub);
  expect(await waiting(second.stub)).toMatchObject({
    gate: "mailbox_pace",
    verdict: "wait",
    reason: "mailbox_cap_reached",
    until: Date.parse("2026-11-24T08:00:00Z"),
    read: { mailbox: world.mailboxId, day: "2026-11-23", sent: 1, cap: 1, timeZone: "Europe/Paris", zoneOf: "mailbox" },
  });
  expect(await sandboxMail(second.id)).toHaveLength(0);
  await runUntil(second.stub, async () => (await sandboxMail(second.id)).length > 0);
  expect(new Date(Date.now()).toISOString()).toBe("2026-11-24T08:00:00.000Z");
});

test("who waits for days looks again within a day, and has what was freed meanwhile", async () => {
  setClock(MONDAY);
  const world = await makeWorld(ONE_STEP);
  await paced(world, { daily_send_cap: 1 });
  const all: Enrolled[] = [];
  for (let n = 0; n < 4; n += 1) all.push(await enroll(world));
  for (const { stub } of all) await ring(stub);
  const last = all.at(-1)?.stub;
  if (last === undefined) throw new Error("nobody was enrolled");
  expect(await waiting(last)).toMatchObject({ until: Date.parse("2026-11-26T08:00:00Z") });
  const looks = (await last.read())?.phase.wakeAt ?? 0;
  expect(looks).toBeGreaterThan(MONDAY + 19 * HOUR);
  expect(looks).toBeLessThanOrEqual(MONDAY + DAY);
  await paced(world, { daily_send_cap: 10 });
  vi.setSystemTime(looks);
  await ring(last);
  // By night the lead isn't written to; the next morning has room now.
  await runUntil(last, async () => (await last.read())?.phase.name === "finished");
  expect(Date.now()).toBeLessThan(Date.parse("2026-11-24T16:00:00Z"));
});

test("a draft isn't asked for before its message has a place, nor while nobody can say", async () => {
  setClock(MONDAY);
  const world = await makeWorld({ settings: { businessHoursOnly: false } });
  await paced(world, { min_gap_seconds: 60 });
  const { stub, id } = await enroll(world);
  const away = vi.spyOn(env.MAILBOX_PACES, "getByName").mockImplementation(() => {
    throw new Error("the object is away");
  });
  for (let n = 0; n < 3; n += 1) {
    await ring(stub);
    vi.setSystemTime((await alarmOf(stub)) ?? 0);
  }
  expect(drafts(world)).toHaveLength(0);
  away.mockRestore();
  await runUntil(stub, async () => (await sandboxMail(id)).length > 0);
  expect(drafts(world)).toHaveLength(1);
});

test("a place that a stopped enrollment had is the next one's", async () => {
  setClock(MONDAY);
  const world = await makeWorld(ONE_STEP);
  await paced(world, { daily_send_cap: 2 });
  const [first, second, third] = [await enroll(world), await enroll(world), await enroll(world)];
  for (const { stub } of [first, second, third]) await ring(stub);
  const freed = await waiting(second.stub);
  await second.stub.request({ type: "unenroll_requested", by: "person", reason: "asked to" });
  await ring(second.stub);
  await third.stub.wake("switch_on");
  await ring(third.stub);
  expect(await waiting(third.stub)).toMatchObject({ until: freed?.verdict === "wait" ? freed.until : 0 });
});

test("after a long pause those who waited leave one after the other, also from a mailbox without a gap", async () => {
  setClock(MONDAY);
  const world = await makeWorld({ steps: [STATIC], settings: { businessHoursOnly: false, dailySendCap: 100 } });
  await paced(world, { enabled: 0 });
  const all: Enrolled[] = [];
  for (let n = 0; n < 20; n += 1) all.push(await enroll(world));
  for (const { stub } of all) await ring(stub);
  vi.setSystemTime(MONDAY + 3 * HOUR);
  await paced(world, { enabled: 1 });
  for (const { stub } of all) await stub.wake("switch_on");
  const leaves = await leaveInTurn(all);
  expect(leaves).toHaveLength(20);
  expect(closest(leaves)).toBeGreaterThanOrEqual(1_000);
});

test("so do those whose words were there when their mail's provider went away", async () => {
  setClock(MONDAY);
  const world = await makeWorld({ steps: [STATIC], settings: { businessHoursOnly: false, dailySendCap: 100 } });
  const all: Enrolled[] = [];
  for (let n = 0; n < 20; n += 1) all.push(await enroll(world));
  const { prepare } = env.DB;
  const away = vi.spyOn(env.DB, "prepare").mockImplementation((sql) => {
    if (/insert into sandbox_mail/i.test(sql)) throw new Error("the mail server is away");
    return prepare.call(env.DB, sql);
  });
  for (const { stub } of all) await ring(stub);
  for (const { stub } of all) expect((await stub.read())?.phase).toMatchObject({ name: "ready", job: { tries: 1 } });
  away.mockRestore();
  vi.setSystemTime(MONDAY + 3 * HOUR);
  const leaves = await leaveInTurn(all);
  expect(leaves).toHaveLength(20);
  expect(closest(leaves)).toBeGreaterThanOrEqual(1_000);
});

/** Its object hears the first `ask` of this kind and does as it is asked; the answer doesn't arrive. */
function loseAnswer(to: "take" | "claim"): { readonly lost: () => number } {
  let lost = 0;
  const { getByName } = env.MAILBOX_PACES;
  vi.spyOn(env.MAILBOX_PACES, "getByName").mockImplementation((name) => {
    const stub = getByName.call(env.MAILBOX_PACES, name);
    const ask = async (what: PlaceAsk, now: number) => {
      const answer = await stub.ask(what, now);
      if (what.to !== to || lost > 0) return answer;
      lost += 1;
      throw new Error("the answer was lost");
    };
    return new Proxy(stub, { get: (_, key) => (key === "ask" ? ask : Reflect.get(stub, key)) });
  });
  return { lost: () => lost };
}

async function today({ tenantId, mailboxId }: World) {
  const { opening } = placeAsk("", "take", {});
  const mailbox = env.MAILBOX_PACES.getByName(`${tenantId}/${mailboxId}`);
  const pace = { ...UNPACED, dailySendCap: 2 };
  return (await mailbox.look(pace, opening, "Europe/Paris", Date.now(), 1)).days[0];
}

test.each(["take", "claim"] as const)("a %s whose answer is lost is made anew, and is one place", async (to) => {
  setClock(MONDAY);
  const world = await makeWorld(ONE_STEP);
  await paced(world, { daily_send_cap: 2, time_zone: "Europe/Paris" });
  const { lost } = loseAnswer(to);
  const { stub, id } = await enroll(world);
  await runUntil(stub, async () => (await sandboxMail(id)).length > 0);
  expect(lost()).toBe(1);
  expect(await today(world)).toMatchObject({ day: "2026-11-23", taken: 1, sent: 1 });
  // Nor is it given back when the enrollment has ended with it.
  expect(await stub.read()).toMatchObject({ phase: { name: "finished" }, unusedSlots: [] });
});

test("whatever the jitter, nobody who waited for a window leaves when it is shut again", async () => {
  setClock(MONDAY);
  const sendingWindows = [{ days: ["tue" as const], from: "08:00", to: "08:10" }];
  const world = await makeWorld({ steps: [STATIC], settings: { sendingWindows, jitterMinutes: 24 * 60 } });
  const opens = Date.parse("2026-11-24T07:00:00Z");
  const leaves: number[] = [];
  for (let n = 0; n < 8; n += 1) {
    vi.setSystemTime(MONDAY);
    const { stub } = await enroll(world);
    await runUntil(stub, async () => (await stub.read())?.phase.name === "finished");
    leaves.push((await stub.read())?.outcomes[0]?.at ?? 0);
  }
  // Who was due later that day left a week later.
  expect(leaves.filter((at) => at < opens || (at - opens) % (7 * DAY) >= 600_000)).toEqual([]);
  expect(new Set(leaves).size).toBeGreaterThan(4);
});

/** When (ms) each of these left, as the alarms ring second by second. */
async function leaveInTurn(all: readonly Enrolled[]): Promise<readonly number[]> {
  const leaves: number[] = [];
  for (let turn = 0; turn < 2 * all.length && leaves.length < all.length; turn += 1) {
    for (const { stub } of all) {
      const before = (await stub.read())?.outcomes.length;
      await ring(stub);
      if (before === 0 && (await stub.read())?.outcomes.length === 1) leaves.push(Date.now());
    }
    vi.setSystemTime(Date.now() + 1_000);
  }
  return leaves;
}

function closest(leaves: readonly number[]): number {
  return Math.min(...leaves.slice(1).map((at, n) => at - (leaves[n] ?? 0)));
}

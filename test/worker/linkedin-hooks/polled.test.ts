import { env } from "cloudflare:workers";
import { afterEach, expect, test, vi } from "vitest";
import { pollDueLinkedin, pollLinkedin } from "../../../worker/linkedin/poll.ts";
import { makeLinkedinWorld, read, settle } from "../../support/linkedin.ts";
import { begun, hook, later } from "../../support/linkedin-scene.ts";

const HOUR_MS = 3600_000;
const DAY_MS = 24 * HOUR_MS;

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const STEPS = [
  { kind: "linkedin_connect" },
  { kind: "linkedin_message", condition: "after_accept" },
  { kind: "email", delayDays: 3 },
];

test("an acceptance and a reply whose hooks were lost are found by asking", async () => {
  const { stub, far } = await begun({ steps: STEPS, double: { webhooks: [] } });
  await far.accept();
  await far.poll(stub);
  await settle(stub);
  expect(await far.messages()).toEqual(["Hello"]);
  await far.reply("What does it cost?");
  await far.poll(stub);
  expect((await read(stub)).phase).toMatchObject({ exit: { reason: "replied" } });
});

test("what was found by asking, and is told by a late hook after that, is one", async () => {
  const { world, stub, far } = await begun({ steps: STEPS });
  await far.accept("at_once");
  await far.reply("What does it cost?");
  await far.poll(stub);
  for (const body of await far.hooks()) expect((await hook(world, body)).status).toBe(200);
  await settle(stub);
  for (const type of ["cadence.lead.connected", "cadence.lead.replied"])
    expect(world.requests.filter(({ json }) => json["type"] === type)).toHaveLength(1);
});

test("an invitation that nobody answers is withdrawn after its days, once, and waited for no longer", async () => {
  const account = { withdraw_after_days: 21 };
  const steps = [STEPS[0] ?? {}, { ...STEPS[1], acceptWithinDays: 60 }, STEPS[2] ?? {}];
  const { stub, far } = await begun({ steps, account });
  vi.setSystemTime(Date.now() + 20 * DAY_MS);
  await far.poll(stub);
  expect(await far.tries("DELETE users/invite/sent/*")).toBe(0);
  vi.setSystemTime(Date.now() + 2 * DAY_MS);
  await far.poll(stub);
  await far.poll(stub);
  await settle(stub);
  expect(await far.tries("DELETE users/invite/sent/*")).toBe(1);
  const { linkedin, outcomes } = await read(stub);
  expect(linkedin?.invitation?.withdrawnAt).toEqual(expect.any(Number));
  expect(outcomes[1]).toMatchObject({ outcome: "skipped", reason: "not_accepted" });
});

test("an account that is off withdraws nothing", async () => {
  const { world, stub, far } = await begun({ steps: STEPS, account: { withdraw_after_days: 21 } });
  await env.DB.prepare("UPDATE linkedin_accounts SET enabled = 0 WHERE id = ?").bind(world.accountId).run();
  await later(stub, 30 * DAY_MS);
  await far.poll(stub);
  expect(await far.tries("DELETE users/invite/sent/*")).toBe(0);
});

test("one round asks for little: what is there, and nobody's profile", async () => {
  const { stub, far } = await begun({ steps: STEPS });
  const before = (await far.record()).requests.length;
  await far.poll(stub);
  const asked = (await far.record()).requests.slice(before).map(({ route }) => route);
  expect(asked.sort()).toEqual([
    ...["GET accounts/*", "GET messages", "GET users/invite/sent", "GET users/me", "GET users/relations"],
  ]);
});

test("rounds are hours apart, never by the clock, and each account has its own", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  const worlds = [];
  for (let n = 0; n < 8; n += 1) worlds.push(await makeLinkedinWorld("unipile", { account: { poll_next_at: 1 } }));
  const jobs = vi.spyOn(env.JOB_QUEUE, "send").mockResolvedValue({ metadata: {} } as never);
  const now = Date.now();
  await pollDueLinkedin(env, now);
  await pollDueLinkedin(env, now);
  const mine = worlds.map(({ accountId }) => accountId);
  const queued = jobs.mock.calls.map(([job]) => (job as { accountId: string }).accountId);
  expect(queued.filter((id) => mine.includes(id)).sort()).toEqual([...mine].sort());
  for (const world of worlds) await pollLinkedin(env, { type: "poll_linkedin", ...world });
  const waits = await Promise.all(mine.map(async (id) => (await nextAt(id)) - now));
  expect(Math.min(...waits)).toBeGreaterThanOrEqual(2 * HOUR_MS);
  expect(Math.max(...waits)).toBeLessThanOrEqual(6 * HOUR_MS + 60_000);
  expect(new Set(waits).size).toBe(waits.length);
});

test("a provider that doesn't answer is asked again soon, by no job that comes twice, and whoever answers nothing is left", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  const world = await makeLinkedinWorld("unipile", { account: { poll_next_at: 1 } });
  vi.spyOn(globalThis, "fetch").mockRejectedValue(new Error("no network"));
  const now = Date.now();
  await pollLinkedin(env, { type: "poll_linkedin", ...world });
  const wait = (await nextAt(world.accountId)) - now;
  expect(wait).toBeGreaterThanOrEqual(15 * 60_000);
  expect(wait).toBeLessThanOrEqual(46 * 60_000);
});

async function nextAt(accountId: string): Promise<number> {
  const row = await env.DB.prepare("SELECT poll_next_at FROM linkedin_accounts WHERE id = ?").bind(accountId).first();
  return Number(row?.["poll_next_at"]);
}

import { env } from "cloudflare:workers";
import { afterEach, expect, test, vi } from "vitest";
import { EnrollmentObject } from "../../../durable-objects/enrollment.ts";
import { handWaitingOver } from "../../../worker/email/hand-inbound-over.ts";
import { sandboxMail, type World } from "../../support/enrollment.ts";
import { placesOf } from "../../support/everything-stored.ts";
import { read, settle } from "../../support/linkedin.ts";
import { begun, hook, later } from "../../support/linkedin-scene.ts";

const DAY_MS = 24 * 3600_000;

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const STEPS = [
  { kind: "linkedin_connect" },
  { kind: "linkedin_message", condition: "after_accept" },
  { kind: "email", delayDays: 3 },
];

test("an acceptance and a reply, as the provider tells them, move the cadence on and stop it", async () => {
  const { world, id, stub, far } = await begun({ steps: STEPS });
  await far.accept("at_once");
  expect(await handAll()).toEqual(["our own", "connected"]);
  await settle(stub);
  expect(await far.messages()).toEqual(["Hello"]);
  expect(await handAll()).toEqual(["our own"]);
  await far.reply("What does it cost?");
  expect(await handAll()).toEqual(["received"]);
  expect((await read(stub)).phase).toMatchObject({ exit: { reason: "replied" } });
  await later(stub, 10 * DAY_MS);
  expect(await sandboxMail(id)).toEqual([]);

  async function handAll(): Promise<readonly string[]> {
    const taken: string[] = [];
    for (const body of await far.hooks()) taken.push((await hook(world, body)).taken);
    return taken;
  }
});

test("told three times, and once more by a poll, an acceptance and a reply are one of each", async () => {
  const { world, stub, far } = await begun({ steps: STEPS });
  await far.accept("at_once");
  await far.reply("What does it cost?");
  const bodies = await far.hooks();
  await Promise.all([...bodies, ...bodies, ...bodies].map((body) => hook(world, body)));
  await far.poll(stub);
  await settle(stub);
  expect(told(world, "cadence.lead.connected")).toBe(1);
  expect(told(world, "cadence.lead.replied")).toBe(1);
  const kept = await env.DB.prepare("SELECT count(*) AS n FROM inbound_mail WHERE tenant_id = ?")
    .bind(world.tenantId)
    .first();
  expect(kept).toEqual({ n: 1 });
  expect((await read(stub)).replies.count).toBe(1);
});

test("a reply that is told before the acceptance stops everything; the acceptance changes nothing more", async () => {
  const { world, stub, far } = await begun({ steps: STEPS });
  await far.accept("at_once");
  await far.reply("What does it cost?");
  for (const body of (await far.hooks()).toReversed()) expect((await hook(world, body)).status).toBe(200);
  await later(stub, 10 * DAY_MS);
  expect((await read(stub)).phase).toMatchObject({ exit: { reason: "replied" } });
  expect(await far.messages()).toEqual([]);
});

test("an acceptance that is told before the index knows of the invitation isn't lost", async () => {
  vi.spyOn(env.LOG_QUEUE, "sendBatch").mockResolvedValue({ metadata: {} } as never);
  const { world, stub, far } = await begun({ steps: STEPS, isProjected: false });
  await far.accept("at_once");
  for (const body of await far.hooks()) await hook(world, body);
  await settle(stub);
  expect(await far.messages()).toEqual(["Hello"]);
});

test("what the account's owner writes by hand in the conversation stops nothing", async () => {
  const { world, stub, far } = await begun({ steps: STEPS });
  await far.order("write-by-hand", { who: "jane-doe", text: "By the way" });
  for (const body of await far.hooks()) expect(await hook(world, body)).toEqual({ status: 200, taken: "our own" });
  expect((await read(stub)).phase.name).toBe("waiting");
});

test("what a stranger writes is kept nowhere", async () => {
  const { world, stub, far } = await begun({ steps: STEPS });
  await far.order("reply", { who: "some-stranger", text: "the-words-of-a-stranger" });
  for (const body of await far.hooks())
    expect(await hook(world, body)).toEqual({ status: 200, taken: "nobody of ours" });
  await far.poll(stub);
  await far.reply("the-words-of-jane");
  for (const body of await far.hooks()) await hook(world, body);
  expect(await placesOf("the-words-of-a-stranger")).toEqual([]);
  expect(await placesOf("Some Stranger")).toEqual([]);
  expect(await placesOf("the-words-of-jane")).not.toEqual([]);
});

test("while the enrollment's object is down a reply is kept, told to be told again, and handed over once", async () => {
  const { world, stub, far } = await begun({ steps: STEPS });
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  const receive = vi.spyOn(EnrollmentObject.prototype, "receive").mockRejectedValueOnce(new Error("overloaded"));
  await far.reply("What does it cost?");
  const [body] = await far.hooks();
  expect((await hook(world, body)).status).toBe(500);
  expect((await read(stub)).phase.name).toBe("waiting");
  vi.setSystemTime(Date.now() + 61_000);
  await handWaitingOver(env, Date.now());
  expect((await read(stub)).phase).toMatchObject({ exit: { reason: "replied" } });
  const calls = receive.mock.calls.length;
  await handWaitingOver(env, Date.now());
  expect(receive.mock.calls.length).toBe(calls);
  expect((await hook(world, body)).status).toBe(200);
  await settle(stub);
  expect(told(world, "cadence.lead.replied")).toBe(1);
});

test("an account that was disconnected is switched off by its hook, and on again by the next", async () => {
  const { world, far } = await begun({ steps: STEPS });
  const jobs = vi.spyOn(env.JOB_QUEUE, "send").mockResolvedValue({ metadata: {} } as never);
  await far.order("account", { state: "disconnected" });
  const [off] = await far.hooks();
  expect([await hook(world, off), await hook(world, off)]).toMatchObject([
    { taken: "disconnected" },
    { taken: "disconnected" },
  ]);
  expect(await enabled()).toBe(0);
  await far.order("account", { state: "ok" });
  const [on] = await far.hooks();
  expect([await hook(world, on), await hook(world, on)]).toMatchObject([{ taken: "ok" }, { taken: "ok" }]);
  expect(await enabled()).toBe(1);
  expect(jobs.mock.calls.map(([job]) => (job as { type: string }).type)).toEqual([
    "tell_account",
    "tell_account",
    "wake",
  ]);

  async function enabled(): Promise<unknown> {
    const row = await env.DB.prepare("SELECT enabled FROM linkedin_accounts WHERE id = ?")
      .bind(world.accountId)
      .first();
    return row?.["enabled"];
  }
});

function told({ requests }: World, type: string): number {
  return requests.filter(({ json }) => json["type"] === type).length;
}

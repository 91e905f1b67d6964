import { env } from "cloudflare:workers";
import { afterEach, describe, expect, test, vi } from "vitest";
import { askContacts } from "../../../durable-objects/ask-contacts.ts";
import { ContactObject } from "../../../durable-objects/contact.ts";
import type { EnrollmentStub } from "../../../durable-objects/stub.ts";
import {
  drafts,
  enroll,
  makeWorld,
  ring,
  runUntil,
  START,
  sandboxMail,
  setClock,
  type World,
  type WorldOptions,
} from "../../support/enrollment.ts";
import { humanReply } from "../../support/replies.ts";

const DAY = 24 * 3600_000;
const STEPS = [
  { kind: "email" },
  { kind: "email", delayDays: 1 },
  { kind: "email", delayDays: 1 },
  { kind: "email", delayDays: 1 },
];

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

async function limited(limits: object, options: WorldOptions = { steps: STEPS }): Promise<World> {
  setClock(START);
  const world = await makeWorld(options);
  await env.DB.prepare("UPDATE tenants SET frequency_limits = ? WHERE id = ?")
    .bind(JSON.stringify({ person: null, company: null, ...limits }), world.tenantId)
    .run();
  return world;
}

async function waitingOf(stub: EnrollmentStub) {
  const phase = (await stub.read())?.phase;
  return phase !== undefined && "waitingFor" in phase ? phase.waitingFor : null;
}

describe("a limit of messages to one person", () => {
  test("holds for all of a tenant's enrollments together, and the customer's model isn't asked in vain", async () => {
    const world = await limited({ person: { messages: 2, days: 7 } });
    const [one, two] = [await enroll(world), await enroll(world)];
    await ring(one.stub);
    await ring(two.stub);
    const asked = drafts(world).length;
    expect(asked).toBe(2);
    vi.setSystemTime(START + DAY);
    await ring(one.stub);
    expect(await waitingOf(one.stub)).toEqual({
      gate: "contact",
      read: { messages: 2, days: 7, counted: 2 },
      verdict: "wait",
      until: START + 7 * DAY,
      reason: "person_limit_reached",
    });
    expect(drafts(world)).toHaveLength(asked);
    await runUntil(one.stub, async () => (await sandboxMail(one.id)).length === 2);
    expect(Date.now()).toBe(START + 7 * DAY);
  });

  test("is asked of nobody's object where none is set", async () => {
    setClock(START);
    const world = await makeWorld({ steps: STEPS });
    const asks = vi.spyOn(env.CONTACTS, "getByName");
    const { id, stub } = await enroll(world);
    await ring(stub);
    expect([(await sandboxMail(id)).length, asks.mock.calls.length]).toEqual([1, 0]);
  });

  test("counts a message that was refused no longer", async () => {
    const world = await limited({ person: { messages: 1, days: 7 } });
    // A mailbox whose secret can't be read: the message can't even be made.
    await env.DB.prepare("UPDATE mailboxes SET provider = 'smtp', secret = 'broken' WHERE id = ?")
      .bind(world.mailboxId)
      .run();
    const { stub } = await enroll(world);
    await runUntil(stub, async () => (await stub.read())?.phase.name === "held");
    expect(await look(world)).toBe("limit");
    await ring(stub);
    expect(await look(world)).toBe("free");
  });

  test("unreadable, sends nothing and looks again", async () => {
    const world = await limited({ person: { messages: 1, days: 7 } });
    const { id, stub } = await enroll(world);
    const down = vi.spyOn(env.CONTACTS, "getByName").mockImplementation(() => {
      throw new Error("no count");
    });
    await ring(stub);
    expect([await sandboxMail(id), drafts(world)]).toEqual([[], []]);
    expect((await stub.read())?.phase).toMatchObject({ name: "waiting" });
    down.mockRestore();
    await runUntil(stub, async () => (await sandboxMail(id)).length === 1);
  });

  async function look(world: World): Promise<string> {
    const whose = { tenantId: world.tenantId, mode: "sandbox", id: "enr_x" };
    const asked = { to: "jane@lead.example", person: { messages: 1, days: 7 }, company: null, repliesFrom: null };
    return (await askContacts(env, whose, asked, null)).kind;
  }
});

test("a limit of messages to one company holds back its next person, and nobody at a free mail provider", async () => {
  const world = await limited({ company: { messages: 1, days: 3 } });
  const [jane, joe] = [await enroll(world), await enroll(world, { email: "joe@Lead.example" })];
  const [ann, bob] = [await enroll(world, { email: "ann@gmail.com" }), await enroll(world, { email: "bob@gmail.com" })];
  for (const { stub } of [jane, joe, ann, bob]) await ring(stub);
  const mails = await Promise.all([jane, joe, ann, bob].map(async ({ id }) => (await sandboxMail(id)).length));
  expect(mails).toEqual([1, 0, 1, 1]);
  expect(await waitingOf(joe.stub)).toMatchObject({
    reason: "company_limit_reached",
    read: { domain: "lead.example", messages: 1, days: 3, counted: 1 },
    until: START + 3 * DAY,
  });
});

describe("a person's reply in one enrollment", () => {
  test("ends their others before the next message, and says where", async () => {
    setClock(START);
    const world = await makeWorld({ steps: STEPS });
    const [one, two, other] = [
      await enroll(world),
      await enroll(world),
      await enroll(world, { email: "joe@lead.example" }),
    ];
    for (const { stub } of [one, two, other]) await ring(stub);
    await one.stub.receive(humanReply("Call me"));
    for (const { stub } of [one, two, other])
      await runUntil(stub, async () => (await stub.read())?.phase.name === "finished");
    expect((await sandboxMail(two.id)).length).toBe(1);
    const exit = { state: "exited", reason: "replied_elsewhere", detail: `the same person replied in ${one.id}` };
    expect((await two.stub.read())?.phase).toMatchObject({ name: "finished", exit });
    expect((await other.stub.read())?.phase).toMatchObject({ exit: { state: "completed" } });
    const told = world.requests.find(
      ({ json }) => json.type === "cadence.lead.exited" && JSON.stringify(json).includes(two.id),
    );
    expect(told?.json).toMatchObject({ data: { reason: "replied_elsewhere", detail: exit.detail } });
  });

  test.each([
    ["the cadence doesn't want it", { exitOnReplyElsewhere: false }],
    ["the cadence goes on after replies anyway", { exitOnReply: false }],
  ])("ends none where %s", async (_why, settings) => {
    setClock(START);
    const world = await makeWorld({ steps: STEPS, settings });
    const [one, two] = [await enroll(world), await enroll(world)];
    await ring(two.stub);
    await one.stub.receive(humanReply("Call me"));
    await runUntil(two.stub, async () => (await two.stub.read())?.phase.name === "finished");
    expect((await sandboxMail(two.id)).length).toBe(STEPS.length);
  });

  test("ends none that began after it, and no reply ends any that isn't surely a person's", async () => {
    setClock(START);
    const world = await makeWorld({ steps: STEPS });
    const one = await enroll(world);
    await one.stub.receive(humanReply("Call me"));
    vi.setSystemTime(START + 1);
    const two = await enroll(world);
    const three = await enroll(world);
    const classification = { kind: "human" as const, subtype: null, confidence: 0.5, evidence: [] };
    await three.stub.receive(humanReply("?", { classification }));
    await runUntil(two.stub, async () => (await two.stub.read())?.phase.name === "finished");
    expect((await sandboxMail(two.id)).length).toBe(STEPS.length);
  });

  test("ends them too where it asks to hear no more and the cadence makes a reply of that", async () => {
    setClock(START);
    const world = await makeWorld({ steps: STEPS, settings: { exitOnUnsubscribe: false } });
    const [one, two] = [await enroll(world), await enroll(world)];
    const classification = { kind: "unsubscribe" as const, subtype: null, confidence: 0.95, evidence: [] };
    await one.stub.receive(humanReply("Take me off your list", { classification }));
    await runUntil(two.stub, async () => (await two.stub.read())?.phase.name === "finished");
    expect((await two.stub.read())?.phase).toMatchObject({ exit: { reason: "replied_elsewhere" } });
    expect(await sandboxMail(two.id)).toEqual([]);
  });

  test("brought a second time ends nobody who was enrolled since", async () => {
    setClock(START);
    const world = await makeWorld({ steps: STEPS });
    const one = await enroll(world);
    const reply = humanReply("Call me");
    await one.stub.receive(reply);
    vi.setSystemTime(START + 1);
    const two = await enroll(world);
    vi.setSystemTime(START + 2);
    await one.stub.receive(reply);
    await runUntil(two.stub, async () => (await two.stub.read())?.phase.name === "finished");
    expect((await sandboxMail(two.id)).length).toBe(STEPS.length);
  });

  test("is told later where the person's object couldn't hear it at once", async () => {
    setClock(START);
    const world = await makeWorld({ steps: STEPS });
    const [one, two] = [await enroll(world), await enroll(world)];
    const deaf = vi.spyOn(ContactObject.prototype, "noteReply").mockImplementation(() => {
      throw new Error("deaf");
    });
    await one.stub.receive(humanReply("Call me"));
    expect((await one.stub.read())?.replyNews).not.toBeNull();
    deaf.mockRestore();
    await runUntil(one.stub, async () => (await one.stub.read())?.replyNews === null);
    await runUntil(two.stub, async () => (await two.stub.read())?.phase.name === "finished");
    expect([(await sandboxMail(two.id)).length, (await two.stub.read())?.phase]).toMatchObject([
      0,
      { exit: { reason: "replied_elsewhere" } },
    ]);
  });
});

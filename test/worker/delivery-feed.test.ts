import { env } from "cloudflare:workers";
import { afterEach, expect, inject, test, vi } from "vitest";
import type { EnrollmentStub } from "../../durable-objects/stub.ts";
import { settleByFeed } from "../../worker/delivery-feed.ts";
import { consume } from "../../worker/queue.ts";
import { enroll, makeWorld, ring, START, setClock, type World } from "../support/enrollment.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** How many sends are in doubt; DOUBTS=1000 for the whole figure. */
    doubts: number;
  }
}

const MINUTE = 60_000;

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** What the provider took, by recipient, whether it said so or not. */
interface Taken {
  readonly messageId: string;
  readonly sender: string;
  readonly recipient: string;
  readonly subject: string;
  readonly at: number;
}

/**
 * A customer who sends by Cloudflare Email Service. Of the messages it takes or loses as `fate` says, `acknowledged` alone
 * hears of it.
 */
async function customer(
  fate: (n: number) => "acknowledged" | "taken" | "lost",
): Promise<{ world: World; taken: Taken[] }> {
  setClock(START);
  const world = await makeWorld({ steps: [{ kind: "email" }], settings: { dailySendCap: 100_000 } });
  const sender = `ana@${world.tenantId.replace("_", "-")}.example`;
  await env.DB.prepare("UPDATE mailboxes SET provider = 'cloudflare', email = ? WHERE id = ?")
    .bind(sender, world.mailboxId)
    .run();
  const taken: Taken[] = [];
  let n = 0;
  vi.spyOn(env.EMAIL, "send").mockImplementation(async (message: unknown) => {
    const { to, subject } = message as { to: (string | { email: string })[]; subject: string };
    const first = to[0];
    const recipient = typeof first === "string" ? first : (first?.email ?? "");
    const fated = fate(n);
    n += 1;
    const messageId = `${world.tenantId}-${n}`;
    if (fated !== "lost") taken.push({ messageId, sender, recipient, subject, at: Date.now() + 1_000 });
    if (fated === "acknowledged") return { messageId };
    throw new Error("the connection broke");
  });
  return { world, taken };
}

function eventOf({ messageId, sender, recipient, subject, at }: Taken, kind: string): unknown {
  return {
    type: `cf.email.sending.message.${kind}`,
    source: { type: "email.sending", zoneId: "z", domain: "acme.example" },
    payload: {
      eventId: `${messageId}-${kind}`,
      messageId,
      sender: sender.replace("ana", "Ana"),
      recipient,
      subject,
      terminal: kind !== "deferred",
      delivery: { status: kind },
    },
    metadata: { accountId: "a", eventSchemaVersion: 1, eventTimestamp: new Date(at).toISOString() },
  };
}

async function feed(bodies: readonly unknown[]): Promise<void> {
  for (let start = 0; start < bodies.length; start += 50) {
    const messages = bodies
      .slice(start, start + 50)
      .map((body) => ({ body, ack: () => undefined, retry: () => undefined }));
    await consume({ queue: "drafthook-delivery", messages } as unknown as MessageBatch<unknown>, env);
  }
}

async function outcome(stub: EnrollmentStub): Promise<string> {
  const state = await stub.read();
  return state?.phase.name === "held" ? `held:${state.phase.reason}` : (state?.outcomes[0]?.outcome ?? "none");
}

test("R13: what the provider took without our hearing of it is settled by its feed within 15 minutes, and nothing is settled wrongly", {
  timeout: 300_000,
}, async () => {
  const sends = inject("doubts");
  // Of a hundred: 20 acknowledged, 50 taken in silence, 30 lost; two leads in a hundred share an address.
  const { world, taken } = await customer((n) => (n % 10 < 2 ? "acknowledged" : n % 10 < 7 ? "taken" : "lost"));
  const enrolled: { readonly stub: EnrollmentStub; readonly email: string }[] = [];
  for (let n = 0; n < sends; n += 1) {
    const email = `lead${n % 50 === 49 ? n - 1 : n}@lead.example`;
    const { stub } = await enroll(world, { email });
    await ring(stub);
    enrolled.push({ stub, email });
  }
  // One event in forty never comes; the others twice, and in another order.
  const events = taken.flatMap((message, n) =>
    n % 40 === 39 ? [] : [eventOf(message, n % 9 === 0 ? "bounced" : "delivered"), eventOf(message, "deferred")],
  );
  await feed([...events, ...events.toReversed()]);
  // The index catches up, as the queue brings it.
  await vi.waitFor(async () => {
    const held = env.DB.prepare(
      "SELECT count(*) AS n FROM enrollments WHERE tenant_id = ? AND held_reason = 'ambiguous'",
    );
    expect(await held.bind(world.tenantId).first("n")).toBe(sends * 0.8);
  }, 60_000);
  for (let minutes = 5; minutes <= 15; minutes += 5) {
    vi.setSystemTime(START + minutes * MINUTE);
    await settleByFeed(env, Date.now());
  }
  const ends = await Promise.all(enrolled.map(async ({ stub }, n) => ({ end: await outcome(stub), fate: n % 10 })));
  const silent = ends.filter(({ fate }) => fate >= 2 && fate < 7);
  const settled = silent.filter(({ end }) => end === "sent").length;
  const wrong = ends.filter(({ fate, end }) => fate >= 7 && end !== "held:ambiguous").length;
  console.info(
    `${sends} sends: ${silent.length} taken in silence, ${settled} of them settled, ${wrong} settled wrongly`,
  );
  expect(wrong).toBe(0);
  expect(settled / silent.length).toBeGreaterThanOrEqual(0.95);
});

test("a report of a message that was acknowledged doesn't settle the doubt about another one alike", async () => {
  const { world, taken } = await customer((n) => (n === 0 ? "acknowledged" : "lost"));
  const [one, two] = [
    await enroll(world, { email: "same@lead.example" }),
    await enroll(world, { email: "same@lead.example" }),
  ];
  await ring(one.stub);
  await ring(two.stub);
  await feed(taken.map((message) => eventOf(message, "delivered")));
  await vi.waitFor(async () => {
    const rows = env.DB.prepare("SELECT count(*) AS n FROM messages WHERE enrollment_id = ?").bind(one.id);
    expect(await rows.first("n")).toBe(1);
  }, 10_000);
  vi.setSystemTime(START + 5 * MINUTE);
  await settleByFeed(env, Date.now());
  expect([await outcome(one.stub), await outcome(two.stub)]).toEqual(["sent", "held:ambiguous"]);
});

test("what is no event of the feed is left out, and keeps no other back", async () => {
  const error = vi.spyOn(console, "error").mockImplementation(() => undefined);
  const { world, taken } = await customer(() => "taken");
  const { stub } = await enroll(world);
  await ring(stub);
  await feed([{ type: "cf.r2.object-create" }, "nonsense", ...taken.map((message) => eventOf(message, "delivered"))]);
  expect(error).toHaveBeenCalledTimes(2);
  await logCaughtUp(stub);
  vi.setSystemTime(START + 5 * MINUTE);
  expect(await settleByFeed(env, Date.now())).toBeGreaterThanOrEqual(1);
  expect(await outcome(stub)).toBe("sent");
});

test("a sender's address that somebody else of this installation sends by too proves nothing", async () => {
  const { world, taken } = await customer(() => "taken");
  const { stub } = await enroll(world);
  await ring(stub);
  await feed(taken.map((message) => eventOf(message, "delivered")));
  const other = await customer(() => "lost");
  await env.DB.prepare("UPDATE mailboxes SET email = ? WHERE id = ?")
    .bind(taken[0]?.sender ?? "", other.world.mailboxId)
    .run();
  await logCaughtUp(stub);
  vi.setSystemTime(START + 5 * MINUTE);
  await settleByFeed(env, Date.now());
  expect(await outcome(stub)).toBe("held:ambiguous");
});

test("a report that may be about a message that counts as sent without an id settles no other doubt", async () => {
  const { world, taken } = await customer((n) => (n === 0 ? "taken" : "lost"));
  const assuming: World = { ...world, cadence: withSetting(world, "assume_sent") };
  const [one, two] = [
    await enroll(assuming, { email: "two@lead.example" }),
    await enroll(world, { email: "two@lead.example" }),
  ];
  await ring(one.stub);
  await ring(two.stub);
  await feed(taken.map((message) => eventOf(message, "delivered")));
  await logCaughtUp(one.stub);
  await logCaughtUp(two.stub);
  vi.setSystemTime(START + 5 * MINUTE);
  await settleByFeed(env, Date.now());
  expect([await outcome(one.stub), await outcome(two.stub)]).toEqual(["ambiguous", "held:ambiguous"]);
});

test("what the feed settles is told at once", async () => {
  const { world, taken } = await customer(() => "taken");
  const { stub } = await enroll(world);
  await ring(stub);
  await feed(taken.map((message) => eventOf(message, "delivered")));
  await logCaughtUp(stub);
  vi.setSystemTime(START + 5 * MINUTE);
  await settleByFeed(env, Date.now());
  await ring(stub);
  const fired = world.requests.filter(({ json }) => json.type === "cadence.step.fired");
  expect(fired).toHaveLength(1);
  expect(Date.now()).toBe(START + 5 * MINUTE);
});

function withSetting({ cadence }: World, onAmbiguous: "assume_sent"): World["cadence"] {
  return { ...cadence, settings: { ...cadence.settings, onAmbiguous } };
}

/** Every line that the object wrote is in D1. */
async function logCaughtUp(stub: EnrollmentStub): Promise<void> {
  await vi.waitFor(async () => {
    const read = await stub.readWithLines();
    const rows = env.DB.prepare("SELECT count(*) AS n FROM journal WHERE enrollment_id = ?");
    expect(await rows.bind(read?.enrollment.id ?? "").first("n")).toBe(read?.lines);
  }, 15_000);
}

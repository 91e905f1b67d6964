import { env } from "cloudflare:workers";
import { afterEach, expect, test, vi } from "vitest";
import { parseInbound } from "../../../adapters/mail/parse-inbound.ts";
import type { EnrollmentStub } from "../../../durable-objects/stub.ts";
import { enroll, makeWorld, runUntil, START, sandboxMail, setClock } from "../../support/enrollment.ts";
import { type Delivered, gmail, imap, jmap, outlook } from "../../support/mail-clients.ts";
import { humanReply } from "../../support/replies.ts";

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const CLIENTS = { gmail, outlook, appleMail: imap, jmap, imap };
const STEPS = [{ kind: "email" }, { kind: "email", delayDays: 2 }, { kind: "email", delayDays: 2 }];

interface Way {
  /** What the mailbox is set to. */
  readonly keeps: "yes" | "no" | "learn";
  readonly threadReference?: boolean;
  /** The id that the recipient sees in place of ours; null where ours stays. */
  readonly rewritten: string | null;
  /** Whether the provider's webhook tells that id. */
  readonly isTold?: boolean;
}

/** Sends a cadence of three and answers its mails as the recipient has them, with the enrollment. */
async function sent(way: Way) {
  setClock(START);
  const world = await makeWorld({ steps: STEPS });
  world.answer = ({ n }) =>
    Response.json({ body: `Message ${n}`, subject: n === 1 ? "A question" : "Another subject" });
  await env.DB.prepare("UPDATE mailboxes SET keeps_message_id = ?, thread_reference = ? WHERE id = ?")
    .bind(way.keeps, way.threadReference === false ? 0 : 1, world.mailboxId)
    .run();
  const { id, stub } = await enroll(world);
  for (let step = 0; step < STEPS.length; step += 1) {
    await runUntil(stub, async () => ((await stub.read())?.outcomes.length ?? 0) > step);
    if (way.isTold === true) await tell(stub, id, step, wireIdOf(way, step) ?? "");
  }
  return { world, id, stub, mails: await delivered(id, way) };
}

async function tell(stub: EnrollmentStub, id: string, step: number, wireMessageId: string): Promise<void> {
  const report = {
    kind: "delivered",
    sendKey: `dh-${id.slice(4)}-${step}-0`,
    providerMessageId: `p${step}`,
    wireMessageId,
    recipient: "jane@lead.example",
    at: Date.now(),
    bounce: null,
  } as const;
  expect(await stub.request({ type: "delivery_reported", report })).toMatchObject({
    ok: true,
  });
}

function wireIdOf({ rewritten }: Way, n: number): string | null {
  return rewritten === null ? null : `<${n}.${rewritten}>`;
}

async function delivered(enrollmentId: string, way: Way): Promise<readonly Delivered[]> {
  const mails = await sandboxMail(enrollmentId);
  return Promise.all(
    mails.map(async ({ raw }, n) => {
      const wire = wireIdOf(way, n);
      const seen = wire === null ? raw : raw.replace(/^Message-ID:.*$/im, `Message-ID: ${wire}`);
      const mail = await parseInbound(new TextEncoder().encode(seen), { from: "", to: "" });
      return { ...mail, messageId: mail.messageId ?? "" };
    }),
  );
}

/** In how many conversations each client shows them. */
function conversations(mails: readonly Delivered[]): Record<string, number> {
  return Object.fromEntries(Object.entries(CLIENTS).map(([name, threading]) => [name, threading(mails).length]));
}

const ONE = { gmail: 1, outlook: 1, appleMail: 1, jmap: 1, imap: 1 };

test.each<[string, Way]>([
  ["the provider keeps our ids", { keeps: "yes", rewritten: null }],
  [
    "the provider puts its own ids in, and tells them",
    { keeps: "learn", rewritten: "0100@eu-west-1.amazonses.com", isTold: true },
  ],
])("%s: three messages are one conversation in every client", async (_name, way) => {
  const { mails } = await sent(way);
  expect(mails.map(({ subject }) => subject)).toEqual(["A question", "Re: A question", "Re: A question"]);
  expect(conversations(mails)).toEqual(ONE);
});

test("the provider puts its own ids in and nobody tells them: clients that go by common references keep it together", async () => {
  const { mails } = await sent({ keeps: "learn", rewritten: "cf@acme.example" });
  expect(conversations(mails)).toEqual({ gmail: 3, outlook: 3, appleMail: 1, jmap: 1, imap: 1 });
});

test("the control: without the common reference those clients lose it as well, but for the subject", async () => {
  const { mails } = await sent({ keeps: "learn", threadReference: false, rewritten: "cf@acme.example" });
  expect(conversations(mails)).toMatchObject({ gmail: 3, outlook: 3, jmap: 3 });
});

test.each<[string, (mail: Delivered) => Delivered]>([
  ["a subject of its own", (mail) => ({ ...mail, subject: `${mail.messageId}` })],
  ["no References and no In-Reply-To", (mail) => ({ ...mail, references: [], inReplyTo: [] })],
])("the control: a sender whose messages have %s splits the conversation", async (_name, spoil) => {
  const { mails } = await sent({ keeps: "yes", rewritten: null });
  expect(conversations(mails.map(spoil))).toMatchObject({ gmail: 3, outlook: 3, jmap: 3 });
});

test("the answer to a reply stands in the lead's conversation, also where ids were rewritten: the reply tells them", async () => {
  setClock(START);
  const way: Way = { keeps: "learn", rewritten: "0100@eu-west-1.amazonses.com" };
  const world = await makeWorld({ steps: [{ kind: "email" }] });
  world.answerReply = () => Response.json({ body: "It is free." });
  await env.DB.prepare("UPDATE mailboxes SET keeps_message_id = 'learn' WHERE id = ?").bind(world.mailboxId).run();
  const { id, stub } = await enroll(world);
  await runUntil(stub, async () => (await stub.read())?.outcomes.length === 1);
  const first = wireIdOf(way, 0) ?? "";
  await stub.receive(humanReply("What does it cost?", { inReplyTo: [first], references: [first] }));
  await runUntil(stub, async () => (await sandboxMail(id)).length === 2);
  const [question, answer] = await delivered(id, way);
  if (question === undefined || answer === undefined) throw new Error("two mails were to be sent");
  const reply = {
    messageId: "<reply@lead.example>",
    inReplyTo: [first],
    references: [first],
    subject: "Re: A question",
  };
  expect(conversations([question, reply, answer])).toEqual(ONE);
});

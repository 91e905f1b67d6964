import { env } from "cloudflare:workers";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { EnrollmentStub } from "../../../durable-objects/stub.ts";
import { pollLinkedin } from "../../../worker/linkedin/poll.ts";
import { receiveLinkedinMessage } from "../../../worker/linkedin/receive-message.ts";
import { drafts, ring, runUntil, sandboxMail, setClock } from "../../support/enrollment.ts";
import {
  enrollOnLinkedin,
  type LinkedinOptions,
  type LinkedinWorld,
  makeLinkedinWorld,
  read,
  settle,
} from "../../support/linkedin.ts";
import { projectAtOnce } from "../../support/project-at-once.ts";
import { humanReply } from "../../support/replies.ts";

const DAY_MS = 24 * 3600_000;

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const BOTH = [
  { kind: "linkedin_connect" },
  { kind: "linkedin_message", condition: "after_accept", acceptWithinDays: 10 },
  { kind: "email", delayDays: 3 },
];

describe.each(["unipile", "manual"] as const)("%s", (provider) => {
  test("an invitation goes out once, with the customer's words, and the cadence goes on", async () => {
    const { stub, far } = await begun(provider);
    await far.does();
    expect(await far.invitations()).toEqual(["Hello"]);
    const state = await read(stub);
    expect(state.outcomes).toMatchObject([{ step: 0, outcome: "sent" }]);
    expect(state.linkedin).toMatchObject({ isConnected: false, invitation: { acceptedAt: null, withdrawnAt: null } });
  });

  test("a note that is too long is held whole, and nothing goes out", async () => {
    const { stub, far } = await begun(provider, { answer: "x".repeat(301) });
    await far.does();
    expect((await read(stub)).phase).toMatchObject({ name: "held", reason: "too_long" });
    expect(await far.invitations()).toEqual([]);
  });

  test("the message waits for the invitation to be accepted, and then goes into the conversation", async () => {
    const { world, stub, far } = await begun(provider);
    await far.does();
    await settle(stub);
    expect((await read(stub)).phase).toMatchObject({
      name: "waiting",
      waitingFor: { gate: "condition", reason: "not_accepted_yet" },
    });
    expect(await far.messages()).toEqual([]);
    await far.accept();
    await far.does();
    expect(await far.messages()).toEqual(["Hello"]);
    const asked = drafts(world).at(-1)?.json as { thread: { messages: object[] }; step: object };
    expect(asked.thread.messages).toMatchObject([{ channel: "linkedin", direction: "out", text: "Hello" }]);
    expect(world.requests.filter(({ json }) => json["type"] === "cadence.lead.connected")).toHaveLength(1);
    expect((await read(stub)).linkedin).toMatchObject({
      isConnected: true,
      invitation: { acceptedAt: expect.any(Number) },
    });
  });

  test("acceptance that is told twice, and once more later, is one", async () => {
    const { world, stub, far } = await begun(provider);
    await far.does();
    await far.accept();
    await stub.request({ type: "connected", by: "hook" });
    await stub.request({ type: "connected", by: "poll" });
    await far.does();
    await settle(stub);
    expect(world.requests.filter(({ json }) => json["type"] === "cadence.lead.connected")).toHaveLength(1);
    expect(await far.messages()).toEqual(["Hello"]);
  });

  test("whoever never accepts is not written to there, and gets the e-mail in its time", async () => {
    const { id, stub, far } = await begun(provider);
    await far.does();
    const at = Date.now();
    await runUntil(stub, async () => (await sandboxMail(id)).length > 0);
    expect(Date.now() - at).toBeGreaterThan(12 * DAY_MS);
    expect((await read(stub)).outcomes.map(({ outcome, reason }) => [outcome, reason])).toEqual([
      ["sent", null],
      ["skipped", "not_accepted"],
      ["sent", null],
    ]);
    expect(await far.messages()).toEqual([]);
  });

  test("with onNotAccepted stop the enrollment ends at the deadline", async () => {
    const steps = [BOTH[0] ?? {}, { ...BOTH[1], onNotAccepted: "stop" }, BOTH[2] ?? {}];
    const { stub, far } = await begun(provider, { steps });
    await far.does();
    await runUntil(stub, async () => (await read(stub)).phase.name === "finished");
    expect((await read(stub)).phase).toMatchObject({ exit: { reason: "not_accepted" } });
  });

  test("a withdrawn invitation is waited for no longer", async () => {
    const { stub, far } = await begun(provider);
    await far.does();
    const invitationId = (await read(stub)).linkedin?.invitation?.id ?? "";
    await stub.request({ type: "invitation_withdrawn", by: "account_guard", invitationId });
    await ring(stub);
    expect((await read(stub)).outcomes[1]).toMatchObject({ outcome: "skipped", reason: "not_accepted" });
  });

  test("a reply on LinkedIn stops the e-mails, and the customer's answer goes back there", async () => {
    const { world, id, stub, far } = await begun(provider);
    world.answerReply = () => Response.json({ body: "It is free." });
    await far.does();
    await far.accept();
    await far.does();
    await far.reply("What does it cost?");
    expect((await read(stub)).phase).toMatchObject({ name: "finished", exit: { reason: "replied" } });
    await runUntil(stub, async () => (await read(stub)).deliveries.length === 0);
    await far.does();
    expect(await far.messages()).toEqual(["Hello", "It is free."]);
    const told = world.requests.find(({ json }) => json["type"] === "cadence.lead.replied")?.json;
    expect(told).toMatchObject({
      data: { reply: { channel: "linkedin", text: "What does it cost?", untrusted: true } },
    });
    await settle(stub);
    expect(await sandboxMail(id)).toEqual([]);
  });

  test("a reply by mail stops the LinkedIn steps", async () => {
    const { stub, far } = await begun(provider, {
      steps: [{ kind: "email" }, { kind: "linkedin_connect", delayDays: 1 }],
    });
    await stub.receive(humanReply("Not now, thank you."));
    await settle(stub);
    await far.does();
    expect((await read(stub)).phase).toMatchObject({ name: "finished", exit: { reason: "replied" } });
    expect(await far.invitations()).toEqual([]);
  });

  test("who asks on LinkedIn to hear no more is written to no more, there or by mail", async () => {
    const { stub, far } = await begun(provider);
    await far.does();
    await far.accept();
    await far.reply("Please stop writing to me and remove me from your list.");
    expect(await read(stub)).toMatchObject({ refused: "unsubscribed", phase: { exit: { reason: "unsubscribed" } } });
    const row = await env.DB.prepare("SELECT reason FROM suppressions WHERE tenant_id = ?")
      .bind((await read(stub)).tenantId)
      .first();
    expect(row).toEqual({ reason: "unsubscribed" });
  });

  test("while the account is switched off nothing is done, and then it is", async () => {
    const { world, stub, far } = await begun(provider, {
      account: { enabled: 0, paused_reason: "restricted" },
      rings: false,
    });
    await ring(stub);
    expect((await read(stub)).phase).toMatchObject({ waitingFor: { gate: "switches", reason: "account_paused" } });
    await env.DB.prepare("UPDATE linkedin_accounts SET enabled = 1 WHERE id = ?").bind(world.accountId).run();
    await stub.request({ type: "woken", cause: "switch_on" });
    await ring(stub);
    await far.does();
    expect(await far.invitations()).toEqual(["Hello"]);
  });
});

/** The far side of an account, whoever acts for it: a provider's LinkedIn, or a person with a browser. */
interface FarSide {
  /** What is to be done is done: by the provider at once, by the person who takes up the task. */
  does(): Promise<void>;
  accept(): Promise<void>;
  reply(text: string): Promise<void>;
  invitations(): Promise<readonly (string | null)[]>;
  messages(): Promise<readonly string[]>;
}

async function begun(
  provider: "unipile" | "manual",
  options: LinkedinOptions & { readonly answer?: string; readonly rings?: boolean } = {},
) {
  setClock(Date.now());
  projectAtOnce();
  const world = await makeLinkedinWorld(provider, { steps: BOTH, ...options });
  world.answer = () => Response.json({ body: options.answer ?? "Hello", subject: "A question" });
  const { id, stub } = await enrollOnLinkedin(world);
  const far = provider === "unipile" ? unipileSide(world, stub) : personsSide(world, id, stub);
  if (options.rings !== false) await ring(stub);
  return { world, id, stub, far };
}

function unipileSide(world: LinkedinWorld, stub: EnrollmentStub): FarSide {
  const { double, tenantId, accountId } = world;
  if (double === null) throw new Error("a person acts");
  const poll = async () => {
    await pollLinkedin(env, { type: "poll_linkedin", tenantId, accountId });
    await ring(stub);
  };
  return {
    does: () => settle(stub),
    accept: async () => {
      await double.order("accept", { who: "jane-doe", tells: "never" });
      await poll();
    },
    reply: async (text) => {
      await double.order("reply", { who: "jane-doe", text });
      await poll();
    },
    invitations: async () => (await double.record()).invitations.map(({ text }) => text),
    messages: async () => (await double.record()).messages.map(({ text }) => text),
  };
}

function personsSide({ tenantId, accountId }: LinkedinWorld, id: string, stub: EnrollmentStub): FarSide {
  const done: { kind: string; text: string }[] = [];
  return {
    does: async () => {
      await settle(stub);
      const state = await read(stub);
      for (const phase of [state.phase, ...state.answers.map((answer) => answer.phase)]) {
        if (phase.name !== "tasked") continue;
        const { ok } = await stub.request({ type: "task_done", by: "key_1", draftId: phase.draft.id, text: null });
        if (ok) done.push({ kind: phase.kind, text: phase.words.text });
      }
      await settle(stub);
    },
    accept: async () => {
      await stub.request({ type: "connected", by: "person" });
    },
    reply: async (text) => {
      const message = { id: text, chatId: "", senderId: null, senderName: "Jane", text, at: Date.now() };
      const owner = { tenantId, mode: "sandbox", accountId, enrollmentId: id } as const;
      await receiveLinkedinMessage(env, owner, message, "person", Date.now());
    },
    invitations: async () => done.filter(({ kind }) => kind === "linkedin_connect").map(({ text }) => text),
    messages: async () => done.filter(({ kind }) => kind === "linkedin_message").map(({ text }) => text),
  };
}

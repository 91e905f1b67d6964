import { describe, expect, test } from "vitest";
import type { Enrollment } from "../../../core/enrollment.ts";
import type { EnrollmentEvent } from "../../../core/events.ts";
import { buildMail } from "../../../core/mail/build-mail.ts";
import { checkOutgoingMail } from "../../../core/mail/header-safety.ts";
import type { SendResult } from "../../../core/mail/outgoing.ts";
import {
  begun,
  cadence,
  composed,
  facts,
  inbound,
  play,
  reply,
  sendFinished,
  T,
  TO_READY,
  TO_SENDING,
  TO_SENT,
} from "../given.ts";

const C = cadence();
const SENT = play(begun(), C, ...TO_SENT).state;
const OURS = "<wire@acme.example>";

const replyWith = (
  messageId: string,
  n = 1,
  more: { references?: readonly string[]; tokenValid?: boolean } = {},
): EnrollmentEvent => ({
  type: "reply_received",
  at: T,
  dice: 0.5,
  reply: { ...inbound(T, `in_${n}`, {}), messageId, ...more },
});

const acceptedAs = (wireMessageId: string | null): SendResult => ({
  kind: "accepted",
  providerMessageId: "1",
  wireMessageId,
  response: "250 ok",
});

/** The next message of this thread as it would leave. */
function nextMail({ thread }: Enrollment, threadReference: string | null = null) {
  return buildMail({
    sender: { fromName: "Ana", email: "ana@acme.example", cc: null, bcc: null },
    to: { name: "Jane", email: "jane@lead.example" },
    replyAddress: "r1@reply.example",
    sendKey: "dh-aaaaaaaaaaaaaaaa-r1-0",
    subject: "Re: A question",
    text: "Hello",
    html: null,
    date: T,
    unsubscribe: null,
    threadReference,
    threadIds: thread.messageIds,
  });
}

describe("a reply whose Message-ID may not stand in a header blocks no thread", () => {
  test.each([
    ["letters outside ASCII", "<grüße@lead.example>"],
    ["a control character", "<a\u0001b@lead.example>"],
    ["half of a surrogate pair", "<a\ud83d@lead.example>"],
    ["longer than a line may be", `<${"a".repeat(1_000)}@lead.example>`],
    ["a bracket too many", "<a<b@lead.example>"],
  ])("%s", (_name, messageId) => {
    const { state } = play(SENT, C, replyWith(messageId));
    const mail = nextMail(state);
    expect(checkOutgoingMail(mail)).toEqual([]);
    expect([mail.inReplyTo, mail.references]).toEqual([OURS, [OURS]]);
  });

  test("nor does one in the references that we learn our own ids from", () => {
    const unheard = play(begun(), C, ...TO_SENDING, sendFinished(T, acceptedAs(null))).state;
    const { state } = play(unheard, C, replyWith("<in@lead.example>", 1, { references: ["<ü@x>", OURS, "<a b>"] }));
    expect(state.thread.messageIds).toEqual([OURS, "<in@lead.example>"]);
  });

  test("nor one that a provider answers with", () => {
    const odd = play(begun(), C, ...TO_SENDING, sendFinished(T, acceptedAs("<ü@x>"))).state;
    expect(odd.thread.messageIds).toEqual([]);
  });

  test("while a tidy one is what the next message answers", () => {
    expect(nextMail(play(SENT, C, replyWith("<in@lead.example>")).state).inReplyTo).toBe("<in@lead.example>");
  });
});

test("a thread of a thousand mails is remembered by its root and its last fifty", () => {
  const mails = Array.from({ length: 1_000 }, (_, n) => replyWith(`<${n}@lead.example>`, n));
  const { messageIds } = play(SENT, C, ...mails).state.thread;
  expect([messageIds.length, messageIds[0], messageIds[1], messageIds.at(-1)]).toEqual([
    51,
    OURS,
    "<950@lead.example>",
    "<999@lead.example>",
  ]);
});

test("a mail with two hundred references teaches no more than that", () => {
  const unheard = play(begun(), C, ...TO_SENDING, sendFinished(T, acceptedAs(null))).state;
  const references = Array.from({ length: 200 }, (_, n) => `<${n}@lead.example>`);
  expect(play(unheard, C, replyWith("<in@lead.example>", 1, { references })).state.thread.messageIds).toHaveLength(51);
});

test("the same id brought twice stands in the thread once", () => {
  const { state } = play(SENT, C, reply(T), replyWith("<in_1@lead.example>", 2));
  expect(state.thread.messageIds).toEqual([OURS, "<in_1@lead.example>"]);
});

describe("a thread at a provider that rewrites ids", () => {
  const ROOT = "<dh-aaaaaaaaaaaaaaaa-thread@acme.example>";
  const unheard = play(begun(), C, ...TO_SENDING, sendFinished(T, acceptedAs(null))).state;

  test("is held together by one id in References, which no message names as its parent", () => {
    const [one, two] = [nextMail(begun(), ROOT), nextMail(unheard, ROOT)];
    expect([one.inReplyTo, one.references]).toEqual([null, [ROOT]]);
    expect([two.inReplyTo, two.references]).toEqual([null, [ROOT]]);
  });

  test("goes by what the first reply tells, from then on", () => {
    const heard = play(unheard, C, replyWith("<in@lead.example>", 1, { references: [ROOT, OURS] })).state;
    const mail = nextMail(heard, ROOT);
    expect([mail.inReplyTo, mail.references]).toEqual(["<in@lead.example>", [ROOT, OURS, "<in@lead.example>"]]);
  });

  test("an account that is known to keep our id goes by it, though the provider doesn't say so", () => {
    const sending = play(begun(), C, ...TO_READY, facts(T, "send"), composed(T, { keepsMessageId: true }));
    const sent = play(sending.state, C, sendFinished(T, acceptedAs(null))).state;
    expect(sent.thread.messageIds).toEqual(["<1@acme.example>"]);
  });
});

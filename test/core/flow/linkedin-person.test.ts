import { expect, test } from "vitest";
import type { Enrollment, SendingPhase } from "../../../core/enrollment.ts";
import type { EnrollmentEvent, InboundReply } from "../../../core/events.ts";
import { begun, cadence, DAY, HOUR, play, T } from "../given.ts";
import { FOUND, invited } from "../linkedin/given-linkedin.ts";

const OF = cadence([{ kind: "linkedin_message" }, { kind: "linkedin_message", delayDays: 1 }]);
const LUCK = { dice: 0.5 } as const;
const OTHER = "https://www.linkedin.com/in/joan-roe";

function state(more: Partial<Enrollment> = {}): Enrollment {
  const lead = { linkedinUrl: "https://www.linkedin.com/in/jane-doe" };
  return { ...begun(OF, lead), linkedinAccountId: "lia_1", linkedin: { ...invited(T), isConnected: true }, ...more };
}

/** A message to Jane that is on its way. */
function sending(of: Enrollment): Enrollment {
  const draft = { id: "drf_aaaaaaaaaaaaaaaa_0_1", previousDraftId: null, source: "webhook" as const };
  const phase: SendingPhase = {
    name: "sending",
    draft: { ...draft, createdAt: T, expiresAt: T + DAY, attempt: 1, refusals: 0, slotDay: null },
    words: { subject: null, text: "Hello Jane", html: null, meta: null },
    job: {
      ...{ sendKey: "dh-aaaaaaaaaaaaaaaa-0-0", provider: "unipile", channel: "linkedin" as const, sha256: "0" },
      ...{ messageId: "", keepsMessageId: false, idempotencyWindowMs: null, intentAt: T, tries: 1, account: "a" },
      ...{ lookUps: 0, absentAt: null, to: FOUND.profileId, doubt: null },
    },
    interruptedBy: null,
    wakeAt: T + HOUR,
  };
  return { ...of, phase };
}

const EDITED = { ...LUCK, type: "lead_edited", at: T + 1, by: "key_1", lead: { linkedinUrl: OTHER } } as const;
const SENT: EnrollmentEvent = {
  ...LUCK,
  type: "send_finished",
  at: T + 2,
  lane: { of: "step" },
  sendKey: "dh-aaaaaaaaaaaaaaaa-0-0",
  result: { kind: "accepted", providerMessageId: "m1", wireMessageId: null, response: "ok", chatId: "chat_of_jane" },
};

test("what is sent tells how the two stand, and the next message goes into the same conversation", () => {
  const { state: after } = play(sending(state()), OF, SENT);
  expect(after.linkedin).toMatchObject({ isConnected: true, chatId: "chat_of_jane" });
});

test("a lead who became another person while a message was on its way gets nothing of the first one's conversation", () => {
  const { state: after } = play(sending(state()), OF, EDITED, SENT);
  expect(after.outcomes).toMatchObject([{ step: 0, outcome: "sent" }]);
  expect(after.linkedin?.chatId ?? null).toBeNull();
  expect(after.linkedin?.isConnected ?? null).toBeNull();
});

test("nor by what the first one writes, or is said to have accepted, afterwards", () => {
  const reply: InboundReply = {
    ...{ id: "inb_1", at: T + 3, messageId: null, inReplyTo: [], references: [], from: "Jane", to: "lia_1" },
    ...{ subject: "", text: "Hi", cleanText: "Hi", quotedText: "", matchedBy: "linkedin_hook", tokenValid: false },
    classification: { kind: "human", subtype: null, confidence: 0.95, evidence: [] },
    ...{ rawKey: "k", channel: "linkedin", chatId: "chat_of_jane", profileId: FOUND.profileId ?? "" },
  };
  const { state: after } = play(
    state(),
    OF,
    EDITED,
    { ...LUCK, type: "connected", at: T + 2, by: "hook", profileId: FOUND.profileId ?? "" },
    { ...LUCK, type: "reply_received", at: T + 3, reply },
  );
  expect(after.linkedin?.chatId ?? null).toBeNull();
  expect(after.linkedin?.isConnected ?? null).toBeNull();
  // It is a reply all the same: somebody whom this cadence wrote to wants to talk.
  expect(after.replies.count).toBe(1);
});

test("a message that LinkedIn refuses again and again for want of a connection is not tried by each list for ever", () => {
  const refused = { ...state(), linkedin: { ...invited(T), refusals: 2 } };
  const poll = { ...LUCK, type: "connected", at: T + 1, by: "poll" } as const;
  expect(play(refused, OF, poll).state.linkedin?.isConnected).toBe(false);
  expect(play(refused, OF, { ...poll, by: "hook" }).state.linkedin?.isConnected).toBe(true);
});

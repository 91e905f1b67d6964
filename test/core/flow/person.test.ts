import { describe, expect, test } from "vitest";
import type { Enrollment } from "../../../core/enrollment.ts";
import {
  alarm,
  answered,
  begun,
  by,
  cadence,
  DAY,
  effectsOf,
  FIRST,
  facts,
  failed,
  HOUR,
  named,
  play,
  sendFinished,
  slot,
  T,
  TO_DRAFTING,
  TO_SENDING,
  toTell,
  UNKNOWN,
} from "../given.ts";

const C = cadence();
const at = T + HOUR;
const REVIEW = play(
  begun(),
  C,
  ...TO_DRAFTING,
  answered(T, { body: "Hello", subject: "A question", review: true }),
).state;
const FAILED = play(
  begun(),
  C,
  ...TO_DRAFTING,
  failed(T, { kind: "network" }, 1),
  failed(T, { kind: "network" }, 1),
).state;
const EMPTY = play(begun(), C, ...TO_DRAFTING, failed(T + DAY, { kind: "timeout" })).state;
const REFUSED = play(
  begun(),
  C,
  ...TO_SENDING,
  sendFinished(T, { kind: "refused", scope: "sender", addressDead: false, code: "550", detail: "" }),
).state;
const DOUBTFUL = play(begun(), C, ...TO_SENDING, sendFinished(T, UNKNOWN)).state;

const release = by(at, { type: "draft_released", draftId: FIRST } as const);
const edit = by(at, { type: "draft_edited", draftId: FIRST, subject: null, text: "Better", html: null } as const);
const skip = by(at, { type: "draft_skipped", draftId: FIRST, reason: null } as const);
const retry = by(at, { type: "draft_retried", draftId: FIRST } as const);
const settle = (arrived: boolean) => by(at, { type: "send_settled", draftId: FIRST, arrived } as const);

test.each([
  ["release sends the held text through the gates", REVIEW, release, "ready"],
  ["release of what the provider refused makes the bytes anew", REFUSED, release, "ready"],
  ["edit keeps it held", REVIEW, edit, "held:review_requested"],
  ["skip passes the step over", REVIEW, skip, "waiting"],
  ["skip passes a step without a text over", EMPTY, skip, "waiting"],
  ["retry asks again", EMPTY, retry, "waiting"],
  ["retry asks again for another text", REVIEW, retry, "waiting"],
  ["settle: it arrived, the cadence goes on", DOUBTFUL, settle(true), "waiting"],
  ["settle: send it again", DOUBTFUL, settle(false), "ready"],
  ["skip of a doubtful message goes on", DOUBTFUL, skip, "waiting"],
] as const)("%s", (_name, state, event, phase) => {
  const moved = play(state, C, event);
  expect([named(moved.state.phase), moved.refusal]).toEqual([phase, null]);
});

test.each([
  ["release of what has no text", EMPTY, release, "nothing_to_release"],
  ["release of a doubtful message", DOUBTFUL, release, "conflict"],
  ["edit of a doubtful message", DOUBTFUL, edit, "conflict"],
  ["retry of a doubtful message", DOUBTFUL, retry, "conflict"],
  ["settling what isn't doubtful", REVIEW, settle(true), "not_held"],
  ...[release, edit, skip, retry, settle(true)].map(
    (event) => [`${event.type} of what isn't held`, begun(), event, "not_held"] as const,
  ),
  ...[release, edit, skip, retry, settle(true)].map(
    (event) => [`${event.type} of what goes on already`, FAILED, event, "not_held"] as const,
  ),
] as const)("%s is refused and changes nothing", (_name, state: Enrollment, event, code) => {
  const moved = play(state, C, event);
  expect([moved.refusal?.code, moved.state]).toEqual([code, state]);
});

test("edited words are the ones that are sent", () => {
  const { effects } = play(REVIEW, C, edit, release, facts(at, "send"));
  expect(effects[0]).toMatchObject({ type: "compose_message", words: { text: "Better", subject: "A question" } });
});

test("a retry is a new draft that names the old one, and the old slot is given back", () => {
  const { state } = play(REVIEW, C, retry);
  expect(state).toMatchObject({ phase: { previousDraftId: FIRST }, unusedSlots: [{ draftId: FIRST }] });
  const asked = play({ ...state, unusedSlots: [] }, C, alarm(at), facts(at), slot(at, "drf_aaaaaaaaaaaaaaaa_0_2"));
  expect([asked.state.phase, effectsOf(asked)]).toMatchObject([
    { draft: { id: "drf_aaaaaaaaaaaaaaaa_0_2", previousDraftId: FIRST } },
    ["request_draft"],
  ]);
});

describe("a doubtful message", () => {
  test("that a person wants sent again goes under a new key", () => {
    const { state, effects, writes } = play(DOUBTFUL, C, settle(false), facts(at, "send"));
    expect(effects[0]).toMatchObject({ type: "compose_message", sendKey: "dh-aaaaaaaaaaaaaaaa-0-1" });
    expect([state.counters.generation, writes]).toEqual([
      1,
      expect.arrayContaining([{ type: "drop_text", key: "dh-aaaaaaaaaaaaaaaa-0-0" }]),
    ]);
  });

  test("that a person saw arrive is sent", () => {
    const { state } = play(DOUBTFUL, C, settle(true));
    expect([state.outcomes[0]?.outcome, toTell(state).at(-1), state.thread.subject]).toEqual([
      "sent",
      "step.fired",
      "A question",
    ]);
  });

  test("that is skipped stays ambiguous, and its slot used", () => {
    const { state } = play(DOUBTFUL, C, skip);
    expect([state.outcomes[0]?.outcome, state.unusedSlots]).toEqual(["ambiguous", []]);
  });

  test("counts for the next step's condition from when it may have arrived, not from when it was settled", () => {
    const open = cadence([{}, { condition: "no_reply_to_prev" }], { exitOnReply: false });
    const settled = play(
      DOUBTFUL,
      open,
      { type: "reply_received", at: T + 1, dice: 0, reply: { ...REPLY, at: T + 1 } },
      settle(true),
    ).state;
    expect(play(settled, open, alarm(at), facts(at)).state.outcomes).toMatchObject([
      { outcome: "sent" },
      { outcome: "skipped", reason: "condition_no_reply_to_prev" },
    ]);
  });
});

test("a text with an empty place isn't released; once the lead has the value, it is", () => {
  const said = cadence([{ draftStrategy: "static", staticSubject: "Hi", staticBody: "Dear {{firstName}}" }]);
  const held = play(begun(said, { name: null }), said, alarm(T), facts(T), slot(T)).state;
  expect(play(held, said, release).refusal?.code).toBe("nothing_to_release");
  const { state } = play(held, said, by(at, { type: "lead_edited", lead: { name: "Jane Doe" } } as const), release);
  expect(state.phase).toMatchObject({ name: "ready", words: { text: "Dear Jane" } });
});

const REPLY = {
  id: "in_1",
  messageId: null,
  inReplyTo: [],
  references: [],
  from: null,
  to: null,
  subject: "",
  text: "Yes",
  cleanText: "Yes",
  quotedText: "",
  classification: { kind: "human", subtype: null, confidence: 0.95, evidence: [] },
  matchedBy: "token",
  tokenValid: true,
  rawKey: "",
} as const;

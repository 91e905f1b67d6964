import { describe, expect, test } from "vitest";
import type { ReplyAnswer } from "../../../core/contract/draft-answer.ts";
import type { Transition } from "../../../core/effects.ts";
import type { EnrollmentEvent } from "../../../core/events.ts";
import {
  ACCEPTED,
  alarm,
  begun,
  by,
  cadence,
  composed,
  DAY,
  effectsOf,
  event,
  facts,
  HOUR,
  journaled,
  NOT_SENT,
  named,
  play,
  reply,
  sendFinished,
  T,
  TO_READY,
  TO_SENDING,
  TO_SENT,
  told,
  toTell,
  UNKNOWN,
} from "../given.ts";

const C = cadence();
const LANE = { of: "reply", reply: 1 } as const;
const KEY = "dh-aaaaaaaaaaaaaaaa-r1-0";
/** The first step is sent; then the lead wrote back, and the customer was told. */
const SENT = play(begun(), C, ...TO_SENT, alarm(T), told(T, 1, "none")).state;
const ASKED = play(SENT, C, reply(T + HOUR), alarm(T + HOUR)).state;
const QUESTION = 2;
const at = T + HOUR;
const completed = (answer: ReplyAnswer, time = at): EnrollmentEvent => ({
  type: "reply_completion_received",
  deliveryId: event(QUESTION),
  answer,
  digest: JSON.stringify(answer),
  at: time,
  dice: 0.5,
});
const TO_ANSWERED = [
  told(at, QUESTION, { body: "With pleasure" }),
  facts(at, "send", {}, LANE),
  composed(at, { sendKey: KEY, lane: LANE, text: "With pleasure" }),
] as const;

describe("a body", () => {
  test("is sent in the thread although the reply ended the cadence", () => {
    const answered = play(ASKED, C, TO_ANSWERED[0]);
    expect([named(answered.state.phase), effectsOf(answered)]).toEqual(["finished:replied", ["read_facts"]]);
    const sending = play(answered.state, C, ...TO_ANSWERED.slice(1));
    expect(sending.effects).toMatchObject([{ type: "send_message", sendKey: KEY }]);
    const sent = play(sending.state, C, sendFinished(at, ACCEPTED, KEY, LANE));
    expect([sent.state.answers, journaled(sent), sent.state.outcomes]).toEqual([[], ["message"], ASKED.outcomes]);
  });

  test("asks for the thread's subject, whatever it brings itself", () => {
    expect(
      play(ASKED, C, told(at, QUESTION, { body: "Hi", subject: "Other" }), facts(at, "send", {}, LANE)).effects,
    ).toMatchObject([{ subject: "Re: A question", inThread: true }]);
  });

  test("is sent once for each reply, however often and by whatever way it comes", () => {
    const once = play(ASKED, C, TO_ANSWERED[0]).state;
    for (const again of [
      told(at, QUESTION, { body: "Again" }),
      told(at, QUESTION, { body: "With pleasure" }, 2),
      completed({ body: "With pleasure" }),
      completed({ body: "Again" }),
    ])
      expect(play(once, C, again).state.answers).toEqual(once.answers);
  });

  test.each([
    ["suppressed: dropped", facts(at, "send", { suppressed: { scope: "address", reason: "asked" } }, LANE), []],
    ["no mailbox: held", facts(at, "send", { mailbox: null }, LANE), ["held:mailbox_missing"]],
    ["switched off: it waits", facts(at, "send", { cadence: { enabled: false } }, LANE), ["ready"]],
  ] as const)("passes the gates: %s", (_name, event, phases) => {
    expect(play(ASKED, C, TO_ANSWERED[0], event).state.answers.map(({ phase }) => named(phase))).toEqual(phases);
  });

  test.each([
    ["not sent: again with the same bytes", NOT_SENT, "ready"],
    ["doubtful: for a person", UNKNOWN, "held:ambiguous"],
  ])("%s", (_name, result, phase) => {
    const { state } = play(ASKED, C, ...TO_ANSWERED, sendFinished(at, result, KEY, LANE));
    expect([named(state.answers[0]?.phase), named(state.phase)]).toEqual([phase, "finished:replied"]);
  });

  test("lost with the process is doubtful too", () => {
    expect(named(play(ASKED, C, ...TO_ANSWERED, alarm(at + 45_000)).state.answers[0]?.phase)).toBe("held:ambiguous");
  });

  test("that may have arrived isn't dropped in silence when the lead is suppressed: a person sees it", () => {
    const knowing = [
      TO_ANSWERED[0],
      TO_ANSWERED[1],
      composed(at, { sendKey: KEY, lane: LANE, idempotencyWindowMs: DAY }),
      sendFinished(at, UNKNOWN, KEY, LANE),
    ];
    const stop = facts(at + HOUR, "send", { suppressed: { scope: "address", reason: "asked" } }, LANE);
    expect(play(ASKED, C, ...knowing, stop).state.answers.map(({ phase }) => named(phase))).toEqual(["held:ambiguous"]);
  });

  test("to a dead address ends as a bounce", () => {
    const { state } = play(
      ASKED,
      C,
      ...TO_ANSWERED,
      sendFinished(at, { kind: "refused", scope: "recipient", addressDead: true, code: "550", detail: "" }, KEY, LANE),
    );
    expect([state.answers, named(state.phase)]).toEqual([[], "finished:bounced"]);
  });

  test("with review waits for a person, who may release, edit or drop it", () => {
    const held = play(ASKED, C, told(at, QUESTION, { body: "Perhaps", review: true })).state;
    expect(named(held.answers[0]?.phase)).toBe("held:review_requested");
    const draftId = event(QUESTION);
    expect(named(play(held, C, by(at, { type: "draft_released", draftId } as const)).state.answers[0]?.phase)).toBe(
      "ready",
    );
    expect(
      play(held, C, by(at, { type: "draft_edited", draftId, subject: null, text: "Yes", html: null } as const)).state
        .answers[0]?.phase,
    ).toMatchObject({ name: "held", words: { text: "Yes" } });
    expect(play(held, C, by(at, { type: "draft_skipped", draftId, reason: null } as const)).state.answers).toEqual([]);
    expect(play(held, C, by(at, { type: "draft_retried", draftId } as const)).refusal?.code).toBe("conflict");
  });

  test("in flight when somebody unenrolls the lead isn't tried again", () => {
    const stopped = play(
      ASKED,
      C,
      ...TO_ANSWERED,
      by(at, { type: "unenroll_requested", reason: "asked" } as const),
    ).state;
    expect(play(stopped, C, sendFinished(at, NOT_SENT, KEY, LANE)).state.answers).toEqual([]);
    expect(named(play(stopped, C, sendFinished(at, UNKNOWN, KEY, LANE)).state.answers[0]?.phase)).toBe(
      "held:ambiguous",
    );
  });
});

describe("what the customer says about the cadence", () => {
  test.each([
    ["stop", "finished:replied", null],
    ["continue", "waiting", null],
    ["pause", "waiting", "customer"],
  ] as const)("%s", (action, phase, paused) => {
    const { state } = play(ASKED, C, told(at, QUESTION, { action }));
    expect([named(state.phase), state.paused?.by ?? null, state.step]).toEqual([phase, paused, 1]);
  });

  test("nothing: the cadence's own setting stands", () => {
    const { state } = play(ASKED, C, told(at, QUESTION, "none"));
    expect([named(state.phase), state.deliveries.map(({ id }) => id)]).toEqual(["finished:replied", [event(3)]]);
  });

  test("stop ends a cadence that goes on after replies", () => {
    const open = cadence(undefined, { exitOnReply: false });
    const asked = play(begun(), open, reply(T), alarm(T)).state;
    expect(named(play(asked, open, told(T, 1, { action: "stop" })).state.phase)).toBe("finished:replied");
  });

  test("continue keeps the delay of the step", () => {
    expect(play(ASKED, C, told(at, QUESTION, { action: "continue" })).state.phase.wakeAt).toBe(T + 2 * DAY);
  });

  test("continue after a message that crossed with the reply goes on behind it, its delay counted from when that was sent", () => {
    const late = [alarm(T), facts(T), ...TO_READY.slice(2)];
    const crossed = play(
      begun(),
      C,
      ...late,
      facts(T, "send"),
      composed(T),
      reply(T),
      sendFinished(T + 9 * HOUR, ACCEPTED),
      alarm(T + 9 * HOUR),
    ).state;
    expect(crossed.outcomes).toMatchObject([{ step: 0, outcome: "sent", reason: "crossed" }]);
    const { state } = play(crossed, C, told(T + 9 * HOUR, 1, { action: "continue" }));
    expect([state.step, state.phase.wakeAt, state.outcomes.length]).toEqual([1, T + 9 * HOUR + 2 * DAY, 1]);
  });

  test("continue while the message is still in flight takes the end back", () => {
    const { state } = play(
      begun(),
      C,
      ...TO_SENDING,
      reply(T),
      alarm(T),
      told(T, 1, { action: "continue" }),
      sendFinished(T, ACCEPTED),
    );
    expect([named(state.phase), state.step]).toEqual(["waiting", 1]);
  });

  test.each(["continue", "pause"] as const)(
    "%s about an older reply doesn't undo what a newer one stopped",
    (action) => {
      const two = play(ASKED, C, reply(at + 1, {}, "in_2")).state;
      const older = play(two, C, told(at + 2, QUESTION, { action })).state;
      expect(named(older.phase)).toBe("finished:replied");
      const newer = play(older, C, alarm(at + 3), told(at + 3, 4, { action: "continue" })).state;
      expect(named(newer.phase)).toBe("waiting");
    },
  );

  test.each([
    [
      "the cadence was complete",
      play(begun(cadence([{}])), cadence([{}]), ...TO_SENT, reply(T), alarm(T)).state,
      3,
      "finished:completed",
    ],
    [
      "it was unenrolled",
      play(begun(), C, by(T, { type: "unenroll_requested", reason: "asked" } as const), reply(T), alarm(T)).state,
      2,
      "finished:asked",
    ],
  ] as const)("continue brings nothing back when %s", (_name, state, n, phase) => {
    expect(named(play(state, C, told(T, n, { action: "continue" })).state.phase)).toBe(phase);
  });
});

describe("an answer that takes time", () => {
  const later = play(ASKED, C, told(at, QUESTION, "later")).state;

  test("202: the completion URL takes it, once", () => {
    const done = play(later, C, completed({ body: "At last" }, at + HOUR));
    expect(done.state.answers).toHaveLength(1);
    expect(play(done.state, C, completed({ body: "At last" }))).toMatchObject({ state: done.state, refusal: null });
    expect(play(done.state, C, completed({ action: "continue" })).refusal?.code).toBe("draft_settled");
  });

  test("202 and then nothing for a day: noted, and the cadence's own setting stands", () => {
    expect(play(later, C, completed({ body: "Too late" }, at + DAY)).refusal?.code).toBe("draft_expired");
    const over = play(later, C, alarm(at + DAY));
    expect([toTell(over.state), journaled(over)]).toEqual([["lead.exited"], ["reply_answer_never_came"]]);
    expect(over.writes).toContainEqual({ type: "drop_text", key: event(QUESTION) });
  });

  test("defer: asked again at the time that was named, as a new question", () => {
    const { state } = play(ASKED, C, told(at, QUESTION, { defer: { untilSeconds: 7200 } }));
    const again = state.deliveries.find(({ type }) => type === "cadence.lead.replied");
    expect(again).toMatchObject({
      wakeAt: at + 2 * HOUR,
      attempt: 0,
      bodyKey: event(QUESTION),
      question: { reply: 1 },
    });
    expect(again?.id).not.toBe(event(QUESTION));
  });

  test("an answer of an attempt that was given up isn't used", () => {
    const failed = play(ASKED, C, {
      type: "event_undelivered",
      deliveryId: event(QUESTION),
      attempt: 1,
      failure: { kind: "timeout" },
      exchange: null,
      at,
      dice: 0.5,
    }).state;
    expect(play(failed, C, TO_ANSWERED[0]).state.answers).toEqual([]);
  });
});

describe("an answer to a reply that waits for a person is told", () => {
  const toldLast = (moved: Transition) =>
    moved.writes
      .flatMap((write) => (write.type === "keep_text" && write.key.startsWith("evt_") ? [JSON.parse(write.text)] : []))
      .at(-1);

  test.each([
    [
      "for want of a mailbox",
      [TO_ANSWERED[0], facts(at, "send", { mailbox: null }, LANE)],
      ["cadence.step.held", "mailbox_missing"],
    ],
    [
      "because the endpoint asked for a look",
      [told(at, QUESTION, { body: "With pleasure", review: true })],
      ["cadence.step.held", "review_requested"],
    ],
    [
      "because nobody knows whether it arrived",
      [...TO_ANSWERED, sendFinished(at, UNKNOWN, KEY, LANE)],
      ["cadence.step.ambiguous", "ambiguous"],
    ],
    ["because its process died", [...TO_ANSWERED, alarm(at + 45_000)], ["cadence.step.ambiguous", "ambiguous"]],
  ] as const)("%s", (_name, events, [type, reason]) => {
    const moved = play(ASKED, C, ...events);
    expect(moved.state.answers.map(({ phase }) => phase.name)).toEqual(["held"]);
    expect(toldLast(moved)).toMatchObject({
      type,
      data: { stepIndex: null, draftId: event(QUESTION), reply: 1, reason },
    });
    expect(moved.state.deliveries.at(-1)).toMatchObject({ type, step: null, question: null });
    expect(journaled(moved)).toContain("reply_answer_held");
  });

  test("also when the cadence takes a doubtful message for sent", () => {
    const assuming = cadence(undefined, { onAmbiguous: "assume_sent" });
    const moved = play(ASKED, assuming, ...TO_ANSWERED, sendFinished(at, UNKNOWN, KEY, LANE));
    expect([moved.state.answers, toldLast(moved)]).toMatchObject([
      [],
      {
        type: "cadence.step.ambiguous",
        data: { stepIndex: null, draftId: event(QUESTION), reply: 1, reason: "assumed_sent" },
      },
    ]);
  });

  test("and one that was sent isn't", () => {
    const sent = play(ASKED, C, ...TO_ANSWERED, sendFinished(at, ACCEPTED, KEY, LANE));
    expect(toTell(sent.state)).toEqual(toTell(play(ASKED, C, TO_ANSWERED[0]).state));
  });
});

test("answers to two hundred questions are remembered, and no more", () => {
  const settled = Array.from({ length: 300 }, (_, n) => ({ id: event(1_000 + n), digest: "d" }));
  const { state } = play({ ...ASKED, settled }, C, TO_ANSWERED[0]);
  expect([state.settled.length, state.settled.at(-1)?.id]).toEqual([200, event(QUESTION)]);
});

import { describe, expect, test } from "vitest";
import type { SendResult } from "../../../core/mail/outgoing.ts";
import {
  ACCEPTED,
  alarm,
  answered,
  begun,
  by,
  cadence,
  claimed,
  composed,
  DAY,
  effectsOf,
  FACTS,
  FIRST,
  facts,
  HOUR,
  journaled,
  MINUTE,
  NOT_SENT,
  named,
  play,
  reply,
  sendFinished,
  slot,
  T,
  TO_DRAFTING,
  TO_READY,
  TO_SENDING,
  toTell,
  UNKNOWN,
} from "../given.ts";

const C = cadence();
const READY = play(begun(), C, ...TO_READY).state;
const SENDING = play(begun(), C, ...TO_SENDING).state;
/** The same, at a provider that knows a key again for a day. */
const KNOWING = play(READY, C, facts(T, "send"), composed(T, { idempotencyWindowMs: DAY })).state;
const KEY = "dh-aaaaaaaaaaaaaaaa-0-0";
const refusal = (scope: "recipient" | "sender" | "message" | "configuration", addressDead = false): SendResult => ({
  kind: "refused",
  scope,
  addressDead,
  code: "550",
  detail: "no",
});

describe("all gates are asked again after the draft", () => {
  test.each([
    ["open: the bytes are made", facts(T, "send"), "ready", ["compose_message"]],
    [
      "suppressed meanwhile: it ends",
      facts(T, "send", { suppressed: { scope: "address", reason: "unsubscribed" } }),
      "finished:suppressed",
      [],
    ],
    [
      "switched off meanwhile: it waits",
      facts(T, "send", { tenant: { ...FACTS.tenant, enabled: false } }),
      "ready",
      [],
    ],
    ["mailbox gone meanwhile: held", facts(T, "send", { mailbox: null }), "held:mailbox_missing", []],
    ["another day: that day's slot is reserved first", facts(T + DAY, "send"), "ready", ["reserve_slot"]],
    [
      "the endpoint was disabled meanwhile: it has said what it had to say",
      facts(T, "send", { endpoint: null }),
      "ready",
      ["compose_message"],
    ],
  ] as const)("%s", (_name, event, phase, effects) => {
    const moved = play(READY, C, event);
    expect([named(moved.state.phase), effectsOf(moved)]).toEqual([phase, effects]);
  });

  test("a held message keeps its words for the person", () => {
    expect(play(READY, C, facts(T, "send", { mailbox: null })).state.phase).toMatchObject({
      name: "held",
      words: { text: "Hello" },
      wakeAt: null,
    });
  });

  test("a slot of another day takes the old one's place", () => {
    const at = T + DAY;
    const { state, effects } = play(READY, C, facts(at, "send"), slot(at, FIRST, true, "send"), claimed(at));
    expect([state.unusedSlots, effects[0]?.type]).toEqual([[{ draftId: FIRST, day: "2026-11-23" }], "compose_message"]);
    expect(play(READY, C, facts(at, "send"), slot(at, FIRST, false, "send")).state.phase).toMatchObject({
      name: "ready",
      wakeAt: at + DAY,
      waitingFor: { gate: "daily_cap" },
    });
  });
});

test("the first message needs a subject; the ones after it keep the thread's", () => {
  const bare = play(begun(), C, ...TO_DRAFTING, answered(T, { body: "Hello" })).state;
  expect(named(play(bare, C, facts(T, "send")).state.phase)).toBe("held:subject_missing");
  expect(
    play({ ...bare, thread: { subject: "A question", messageIds: [] } }, C, facts(T, "send")).effects,
  ).toMatchObject([{ subject: "Re: A question", inThread: true }]);
});

test("bytes, intent and lease are committed with the effect that sends them", () => {
  const moved = play(READY, C, facts(T, "send"), composed(T));
  expect(moved.state.phase).toMatchObject({
    name: "sending",
    wakeAt: T + 45_000,
    job: { sendKey: KEY, tries: 1, to: "jane@lead.example", doubt: null },
  });
  expect(moved.writes).toEqual([{ type: "keep_text", key: KEY, text: "the bytes" }]);
  expect(moved.effects).toMatchObject([{ type: "send_message", sendKey: KEY }]);
});

test.each([
  ["bytes of an older generation", composed(T, { sendKey: "dh-aaaaaaaaaaaaaaaa-0-9" })],
  ["bytes that come a second time", composed(T)],
])("%s are not sent", (_name, event) => {
  const state = event.job.sendKey === KEY ? SENDING : READY;
  expect(play(state, C, event)).toMatchObject({ state, effects: [] });
});

test("words that can't be made into a safe message are held", () => {
  expect(
    named(
      play(READY, C, { type: "compose_failed", lane: { of: "step" }, detail: "CR in subject", at: T, dice: 0 }).state
        .phase,
    ),
  ).toBe("held:unsafe_message");
});

test("accepted: sent, told, in the thread, the bytes dropped, the next step due its delay from now", () => {
  const moved = play(SENDING, C, sendFinished(T + 1000, ACCEPTED));
  expect(moved.state).toMatchObject({
    step: 1,
    phase: { name: "waiting", wakeAt: T + 1000 + 2 * DAY },
    thread: { subject: "A question", messageIds: ["<wire@acme.example>"] },
    outcomes: [{ outcome: "sent" }],
  });
  expect(toTell(moved.state)).toEqual(["step.fired"]);
  expect(moved.writes).toContainEqual({ type: "drop_text", key: KEY });
  expect(journaled(moved)).toEqual(["message"]);
});

test.each([
  ["recipient, dead address: bounced, it ends", refusal("recipient", true), "finished:bounced", "failed"],
  ["recipient, alive: held", refusal("recipient"), "held:send_refused", undefined],
  ["sender: held", refusal("sender"), "held:send_refused", undefined],
  ["message: held", refusal("message"), "held:send_refused", undefined],
  ["configuration: held", refusal("configuration"), "held:send_refused", undefined],
] as const)("refused for the %s", (_name, result, phase, outcome) => {
  const { state } = play(SENDING, C, sendFinished(T, result));
  expect([named(state.phase), state.outcomes[0]?.outcome]).toEqual([phase, outcome]);
});

describe("surely not sent", () => {
  test("is tried again with the same bytes after 30 s, 2 min, 10 min, 1 h, 4 h, and then held", () => {
    let state = SENDING;
    let at = T;
    const waits: number[] = [];
    for (let tries = 1; tries <= 6; tries += 1) {
      state = play(state, C, sendFinished(at, NOT_SENT)).state;
      if (state.phase.name !== "ready") break;
      waits.push((state.phase.wakeAt - at) / MINUTE);
      at = state.phase.wakeAt;
      const looks = play(state, C, alarm(at), facts(at, "send"));
      // After a quarter of an hour others come back with it, and the mailbox says who goes first.
      const again = at - T < 15 * MINUTE ? looks : play(looks.state, C, claimed(at));
      expect(effectsOf(again)).toEqual(["send_message"]);
      expect(again.writes).toEqual([]);
      state = again.state;
    }
    expect(waits).toEqual([0.5, 2, 10, 60, 240]);
    expect(named(state.phase)).toBe("held:send_failing");
  });

  test.each([
    ["an hour", HOUR, HOUR],
    ["a year: a day at most", 365 * DAY, DAY],
  ])("when the provider asks for %s", (_name, retryAfterMs, wait) => {
    expect(
      play(SENDING, C, sendFinished(T, { ...NOT_SENT, kind: "not_sent", code: "429", detail: "", retryAfterMs })).state
        .phase.wakeAt,
    ).toBe(T + wait);
  });

  test("bytes for an address that was edited meanwhile are made again for the new one", () => {
    const waits = play(SENDING, C, sendFinished(T, NOT_SENT)).state;
    const edited = play(waits, C, by(T, { type: "lead_edited", lead: { email: "new@lead.example" } } as const));
    expect(edited.writes).toContainEqual({ type: "drop_text", key: KEY });
    expect(effectsOf(play(edited.state, C, facts(T + MINUTE, "send")))).toEqual(["compose_message"]);
  });
});

describe("a doubtful send", () => {
  const resend = cadence(undefined, { onAmbiguous: "resend_after" });
  const assume = cadence(undefined, { onAmbiguous: "assume_sent" });

  test.each([
    ["is held for a person", C, SENDING, sendFinished(T, UNKNOWN), "held:ambiguous", T],
    ["is held as well when the process died", C, SENDING, alarm(T + 45_000), "held:ambiguous", T],
    ["isn't doubtful before its lease is over", C, SENDING, alarm(T + 44_999), "sending", T],
    ["is repeated where the provider knows the key", C, KNOWING, sendFinished(T, UNKNOWN), "ready", T + 30_000],
    ["is repeated after the lease too", C, KNOWING, alarm(T + 45_000), "ready", T + 75_000],
    [
      "is repeated after 15 minutes where the cadence says so",
      resend,
      SENDING,
      sendFinished(T, UNKNOWN),
      "ready",
      T + 15 * MINUTE,
    ],
    ["counts as sent where the cadence says so", assume, SENDING, sendFinished(T, UNKNOWN), "waiting", T + 2 * DAY],
  ] as const)("%s", (_name, of, state, event, phase, wakeAt) => {
    const moved = play(state, of, event);
    expect(named(moved.state.phase)).toBe(phase);
    if (phase === "ready" || phase === "waiting") expect(moved.state.phase.wakeAt).toBe(wakeAt);
  });

  test("that counts as sent is shown as what it is", () => {
    const { state } = play(SENDING, assume, sendFinished(T, UNKNOWN));
    expect([state.outcomes[0]?.outcome, toTell(state)]).toEqual(["ambiguous", ["step.ambiguous"]]);
  });

  test.each([
    ["that was repeated too late is held: the provider has forgotten the key", C, 0.8 * DAY, "held:ambiguous"],
    ["within the window is repeated", C, 0.8 * DAY - 1, "sending"],
    ["that was repeated too late counts as sent where the cadence says so", assume, 3 * DAY, "waiting"],
  ] as const)("%s", (_name, of, later, phase) => {
    const waits = play(KNOWING, of, sendFinished(T, UNKNOWN)).state;
    const day = slot(T + later, FIRST, true, "send");
    const { state } = play(waits, of, facts(T + later, "send"), day, claimed(T + later));
    expect(named(state.phase)).toBe(phase);
  });

  test.each([
    ["refused", refusal("configuration")],
    ["not sent, for good", NOT_SENT],
  ])("whose repeat was %s is still doubtful: nobody may change or send it before it is settled", (_name, result) => {
    let state = play(KNOWING, C, sendFinished(T, UNKNOWN)).state;
    for (let at = state.phase.wakeAt ?? T; state.phase.name === "ready"; at = state.phase.wakeAt ?? T)
      state = play(state, C, facts(at, "send"), claimed(at), sendFinished(at, result)).state;
    expect(named(state.phase)).toBe("held:ambiguous");
    expect(play(state, C, by(T, { type: "draft_released", draftId: FIRST } as const)).refusal?.code).toBe("conflict");
  });

  test("is never sent to another address than the first time", () => {
    const edited = play(
      KNOWING,
      C,
      sendFinished(T, UNKNOWN),
      by(T, { type: "lead_edited", lead: { email: "new@lead.example" } } as const),
      facts(T + MINUTE, "send"),
    );
    expect(named(edited.state.phase)).toBe("held:ambiguous");
  });

  test.each([
    ["unenrolling", by(T, { type: "unenroll_requested", reason: "asked" } as const)],
    ["a reply", reply(T)],
    ["a suppression", facts(T + MINUTE, "send", { suppressed: { scope: "address", reason: "" } })],
  ])("that waits to be repeated when %s ends the cadence leaves as ambiguous, not as stopped", (_name, event) => {
    const { state } = play(KNOWING, C, sendFinished(T, UNKNOWN), event);
    expect(state.outcomes.map(({ outcome }) => outcome)).toEqual(["ambiguous"]);
    expect(toTell(state)).toContain("step.ambiguous");
    expect(state.unusedSlots).toEqual([]);
  });

  test("that is passed over for its condition is ambiguous, not skipped", () => {
    const open = cadence([{ condition: "never_replied" }, {}], { exitOnReply: false });
    const waits = play(KNOWING, open, sendFinished(T, UNKNOWN), reply(T)).state;
    expect(play(waits, open, facts(T + MINUTE, "send")).state.outcomes).toMatchObject([{ outcome: "ambiguous" }]);
  });

  test("that turns out accepted after all is sent", () => {
    for (const state of [
      play(SENDING, C, sendFinished(T, UNKNOWN)).state,
      play(KNOWING, C, sendFinished(T, UNKNOWN)).state,
    ])
      expect(play(state, C, sendFinished(T + 1, ACCEPTED)).state.outcomes).toMatchObject([{ outcome: "sent" }]);
  });
});

describe("what was accepted while the message was in flight", () => {
  const crossing = play(SENDING, C, reply(T)).state;

  test.each([
    ["arrives: crossed, and nothing after it", sendFinished(T, ACCEPTED), "sent"],
    ["is not sent: never again", sendFinished(T, NOT_SENT), "stopped"],
    ["is refused", sendFinished(T, refusal("message")), "stopped"],
    ["is doubtful", sendFinished(T, UNKNOWN), "ambiguous"],
    ["is lost with the process", alarm(T + 45_000), "ambiguous"],
  ])("ends the cadence when the message %s", (_name, event, outcome) => {
    const { state } = play(crossing, C, event);
    expect([named(state.phase), state.outcomes.map((one) => one.outcome)]).toEqual(["finished:replied", [outcome]]);
  });

  test("is said to the customer", () => {
    expect(play(crossing, C, sendFinished(T, ACCEPTED)).writes).toContainEqual(
      expect.objectContaining({ type: "keep_text", text: expect.stringContaining('"crossed":true') }),
    );
  });

  test("gives the slot back when surely nothing was sent", () => {
    expect(play(crossing, C, sendFinished(T, NOT_SENT)).state.unusedSlots).toHaveLength(1);
    expect(play(crossing, C, sendFinished(T, UNKNOWN)).state.unusedSlots).toHaveLength(0);
  });
});

test("a result for a message that is no longer in hand is logged and changes nothing", () => {
  const done = play(SENDING, C, sendFinished(T, ACCEPTED)).state;
  const late = play(done, C, sendFinished(T, refusal("recipient", true)));
  expect([late.state, journaled(late)]).toEqual([{ ...done, revision: done.revision }, ["send_result_late"]]);
});

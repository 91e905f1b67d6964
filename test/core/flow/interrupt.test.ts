import { describe, expect, test } from "vitest";
import type { Enrollment } from "../../../core/enrollment.ts";
import type { Classification } from "../../../core/mail/inbound.ts";
import {
  ACCEPTED,
  alarm,
  answered,
  begun,
  by,
  cadence,
  composed,
  DAY,
  effectsOf,
  event,
  FACTS,
  FIRST,
  facts,
  failed,
  HOUR,
  JANE,
  journaled,
  named,
  play,
  reply,
  sendFinished,
  T,
  TO_DRAFTING,
  TO_READY,
  TO_SENDING,
  TO_SENT,
  told,
  toTell,
} from "../given.ts";

const C = cadence();
const WAITING = begun();
const DRAFTING = play(begun(), C, ...TO_DRAFTING).state;
const READY = play(begun(), C, ...TO_READY).state;
const SENDING = play(begun(), C, ...TO_SENDING).state;
const EXPECTING = play(DRAFTING, C, answered(T, "later")).state;
const HELD = play(DRAFTING, C, answered(T, { body: "Hello", review: true })).state;
const PAUSED = play(DRAFTING, C, by(T, { type: "pause_requested" } as const)).state;
const DONE = play(begun(cadence([{}])), cadence([{}]), ...TO_SENT).state;
const unenrolling = by(T, { type: "unenroll_requested", reason: "asked to" } as const);
const PHASES: readonly [string, Enrollment][] = [
  ["waiting", WAITING],
  ["drafting", DRAFTING],
  ["expecting", EXPECTING],
  ["ready", READY],
  ["held", HELD],
  ["paused", PAUSED],
];

describe("a reply by a person", () => {
  test.each(PHASES)("ends the cadence: %s", (_name, before) => {
    const { state } = play(before, C, reply(T));
    expect([named(state.phase), state.outcomes.map(({ outcome }) => outcome)]).toEqual([
      "finished:replied",
      ["stopped"],
    ]);
    expect(toTell(state)).toEqual(expect.arrayContaining(["lead.replied", "lead.exited"]));
  });

  test("gives the slot back that was reserved", () => {
    expect(play(READY, C, reply(T)).state.unusedSlots).toEqual([{ draftId: FIRST, day: "2026-11-23" }]);
  });

  test("stops what was looked up, reserved or composed for a message before it", () => {
    for (const late of [facts(T, "send"), composed(T), answered(T, { body: "Hello" })])
      expect(effectsOf(play(READY, C, reply(T), late))).toEqual([]);
  });

  test("while a message is in flight takes effect when it has landed", () => {
    expect(play(SENDING, C, reply(T)).state.phase).toMatchObject({
      name: "sending",
      interruptedBy: { reason: "replied" },
    });
  });

  test("that asks for no more mail ends it and suppresses the address", () => {
    const moved = play(WAITING, C, reply(T, { kind: "unsubscribe" }));
    expect([named(moved.state.phase), toTell(moved.state)]).toEqual([
      "finished:unsubscribed",
      expect.arrayContaining(["lead.unsubscribed", "lead.exited"]),
    ]);
    expect(journaled(moved)).toContain("address_suppressed");
  });

  test.each([
    ["where that isn't sure", C, { confidence: 0.6 }, "waiting"],
    ["where the cadence says so", cadence(undefined, { exitOnUnsubscribe: false }), {}, "finished:replied"],
  ] as const)("that asks for no more mail is a person's reply %s", (_name, of, more, phase) => {
    const moved = play(WAITING, of, reply(T, { kind: "unsubscribe", ...more }));
    expect([named(moved.state.phase), toTell(moved.state)[0]]).toEqual([phase, "lead.replied"]);
    expect(journaled(moved)).not.toContain("address_suppressed");
  });

  test("doesn't end it where the cadence says so, and is told all the same", () => {
    const { state } = play(WAITING, cadence(undefined, { exitOnReply: false }), reply(T));
    expect([named(state.phase), toTell(state)]).toEqual(["waiting", ["lead.replied"]]);
  });

  test("that may be a machine's pauses until someone looks", () => {
    const { state } = play(WAITING, C, reply(T, { confidence: 0.5 }));
    expect([named(state.phase), state.paused?.by]).toEqual([
      "waiting",
      "engine: it is not certain that a person wrote this reply",
    ]);
  });

  test("after the end is still told", () => {
    const { state } = play(DONE, C, reply(T));
    expect([named(state.phase), toTell(state).at(-1)]).toEqual(["finished:completed", "lead.replied"]);
  });
});

test.each([
  ["an automatic reply", { kind: "auto_reply" }],
  ["word of a delay", { kind: "bounce_delayed" }],
  ["word of success", { kind: "dsn_success" }],
  ["an answer to an invitation", { kind: "calendar_reply" }],
  ["a gate-keeper's question", { kind: "challenge_response" }],
  ["a read receipt", { kind: "read_receipt" }],
  ["anything else", { kind: "other" }],
] as const)("%s is kept and shown, and stops nothing", (_name, classification) => {
  const moved = play(WAITING, C, reply(T, classification));
  expect([named(moved.state.phase), moved.state.replies.count, journaled(moved)]).toEqual([
    "waiting",
    0,
    ["message", "mail_noted"],
  ]);
});

describe("a bounce", () => {
  test.each(PHASES)("ends the cadence: %s", (_name, before) => {
    const { state } = play(before, C, reply(T, { kind: "bounce" }));
    expect([named(state.phase), toTell(state)]).toEqual([
      "finished:bounced",
      expect.arrayContaining(["lead.bounced", "lead.exited"]),
    ]);
  });

  test("of the last message is told although the cadence was complete", () => {
    const { state } = play(DONE, C, reply(T, { kind: "bounce" }));
    expect([named(state.phase), toTell(state).at(-1)]).toEqual(["finished:completed", "lead.bounced"]);
  });

  test("is told once", () => {
    const { state } = play(WAITING, C, reply(T, { kind: "bounce" }), reply(T, { kind: "bounce" }, "in_2"));
    expect(toTell(state).filter((type) => type === "lead.bounced")).toHaveLength(1);
  });
});

test("the same mail brought twice is one reply", () => {
  const once = play(WAITING, C, reply(T)).state;
  expect(play(once, C, reply(T + HOUR))).toEqual({ state: once, writes: [], effects: [], refusal: null });
});

describe("pause and resume", () => {
  test.each([
    ["waiting", WAITING, alarm(T)],
    ["ready", READY, facts(T, "send")],
  ] as const)("nothing new begins: %s", (_name, state, next) => {
    const paused = play(state, C, by(T, { type: "pause_requested" } as const)).state;
    expect(effectsOf(play(paused, C, next))).toEqual([]);
    expect(effectsOf(play(paused, C, by(T, { type: "resume_requested" } as const), next)).length).toBe(1);
  });

  test("what is asked for still comes in, and waits", () => {
    const { state } = play(PAUSED, C, answered(T, { body: "Hello", subject: "A question" }));
    expect([named(state.phase), effectsOf(play(state, C, facts(T, "send")))]).toEqual(["ready", []]);
  });

  test("what is in flight lands, and the next step waits", () => {
    const { state } = play(SENDING, C, by(T, { type: "pause_requested" } as const), sendFinished(T, ACCEPTED));
    expect([state.step, effectsOf(play(state, C, alarm(T + 9 * DAY)))]).toEqual([1, []]);
  });

  test("twice is as good as once", () => {
    expect(play(PAUSED, C, by(T + 1, { type: "pause_requested" } as const)).state).toBe(PAUSED);
    expect(play(WAITING, C, by(T, { type: "resume_requested" } as const)).state).toBe(WAITING);
  });

  test("of a finished enrollment is refused", () => {
    for (const state of [DONE, play(SENDING, C, unenrolling).state])
      for (const type of ["pause_requested", "resume_requested"] as const)
        expect(play(state, C, by(T, { type })).refusal?.code).toBe("already_finished");
  });

  test("a person's pause isn't lifted by the customer's word about a reply, as the engine's own is", () => {
    const doubted = play(WAITING, C, reply(T, { confidence: 0.5 }), alarm(T)).state;
    expect(play(doubted, C, told(T, 1, { action: "continue" })).state.paused).toBeNull();
    const asked = play(doubted, C, by(T, { type: "pause_requested" } as const)).state;
    expect(play(asked, C, told(T, 1, { action: "continue" })).state.paused?.by).toBe("person");
  });

  test("a pause outlives an end that the customer takes back", () => {
    const { state } = play(PAUSED, C, reply(T), alarm(T), told(T, 1, { action: "continue" }));
    expect([named(state.phase), state.paused?.by]).toEqual(["waiting", "person"]);
  });
});

describe("unenrolling", () => {
  test.each(PHASES)("ends it for good: %s", (_name, before) => {
    expect(play(before, C, unenrolling).state.phase).toMatchObject({
      name: "finished",
      exit: { state: "unenrolled", reason: "asked to" },
    });
  });

  test("twice is fine; after another end there is nothing left to stop", () => {
    expect(play(WAITING, C, unenrolling, unenrolling).refusal).toBeNull();
    expect(play(DONE, C, unenrolling).refusal?.code).toBe("already_finished");
  });

  const going = { action: "continue" } as const;
  test.each([
    ["after a reply ended it", [reply(T), unenrolling, alarm(T), told(T, 1, going)], WAITING],
    [
      "after a reply while a message was in flight",
      [reply(T), unenrolling, alarm(T), told(T, 1, going), sendFinished(T, ACCEPTED)],
      SENDING,
    ],
    [
      "under the very name of a reply's end",
      [reply(T), by(T, { type: "unenroll_requested", reason: "replied" } as const), alarm(T), told(T, 1, going)],
      WAITING,
    ],
  ] as const)("%s isn't undone by the customer's answer to that reply", (_name, events, state) => {
    expect(play(state, C, ...events).state.phase).toMatchObject({ name: "finished", exit: { state: "unenrolled" } });
  });

  test("a bounce isn't undone by it either", () => {
    const { state } = play(WAITING, C, reply(T), reply(T, { kind: "bounce" }, "in_2"), alarm(T), told(T, 1, going));
    expect(named(state.phase)).toBe("finished:bounced");
  });

  test("drops an answer to a reply that hasn't left yet", () => {
    const waits = play(WAITING, C, reply(T), alarm(T), told(T, 1, { body: "Thanks", subject: "Re" })).state;
    expect(waits.answers).toHaveLength(1);
    const { state } = play(waits, C, unenrolling);
    expect([state.answers, named(state.phase)]).toEqual([[], "finished:asked to"]);
  });
});

describe("being woken", () => {
  const off = play(WAITING, C, alarm(T), facts(T, "draft", { tenant: { ...FACTS.tenant, enabled: false } })).state;

  test.each([
    ["who waits for a gate looks again at once", off, T + 1000],
    ["who waits for its delay waits on", play(begun(), C, ...TO_SENT).state, T + 2 * DAY],
    ["who retries a draft keeps the schedule", play(DRAFTING, C, failed(T, { kind: "timeout" })).state, T + 60_000],
  ])("%s", (_name, state, wakeAt) => {
    expect(play(state, C, { type: "woken", cause: "run_now", at: T + 1000, dice: 0 }).state.phase.wakeAt).toBe(wakeAt);
  });

  test("never comes before the step is due", () => {
    const later = { ...off, phase: { ...off.phase, dueAt: T + HOUR } } as Enrollment;
    expect(play(later, C, { type: "woken", cause: "run_now", at: T, dice: 0 }).state.phase.wakeAt).toBe(T + HOUR);
  });

  test("doesn't free what a person has to look at", () => {
    expect(play(HELD, C, { type: "woken", cause: "endpoint_restored", at: T, dice: 0 }).state).toBe(HELD);
  });
});

test("an edited lead counts for what is still to come", () => {
  const { state } = play(WAITING, C, by(T, { type: "lead_edited", lead: { name: "Janet" } } as const));
  expect(state.lead).toEqual({ ...JANE, name: "Janet" });
});

test("a lead that was held for want of an address goes on when it gets one", () => {
  const held = play(begun(C, { email: null }), C, alarm(T), facts(T)).state;
  expect(named(held.phase)).toBe("held:address_missing");
  const { state } = play(held, C, by(T + HOUR, { type: "lead_edited", lead: { email: "jane@lead.example" } } as const));
  expect(state.phase).toMatchObject({ name: "waiting", wakeAt: T + HOUR });
});

describe("telling the customer", () => {
  const failure = { kind: "http", status: 500, retryAfterMs: null } as const;
  const replied = play(WAITING, C, reply(T), alarm(T)).state;
  const lost = {
    type: "event_undelivered",
    deliveryId: event(1),
    attempt: 1,
    failure,
    exchange: null,
    at: T,
    dice: 0.5,
  } as const;

  test("an event that failed comes again with the same id", () => {
    const { state } = play(replied, C, lost);
    expect(state.deliveries[0]).toMatchObject({ id: event(1), phase: "due", wakeAt: T + 5_000 });
    expect(play(state, C, alarm(T + 5_000)).effects).toContainEqual({
      type: "deliver_event",
      deliveryId: event(1),
      attempt: 2,
    });
  });

  test("what an effect led to is claimed in the same commit; what a request led to, by the alarm", () => {
    const sent = play(SENDING, C, sendFinished(T, ACCEPTED));
    expect([sent.effects, sent.state.deliveries]).toMatchObject([
      [{ type: "deliver_event", deliveryId: event(1), attempt: 1 }],
      [{ phase: "in_flight", wakeAt: T + 45_000 }],
    ]);
    const asked = play(SENDING, C, reply(T));
    expect([asked.effects, asked.state.deliveries[0]?.phase]).toEqual([[], "due"]);
  });

  test("one whose process died comes again after the lease", () => {
    expect(play(replied, C, alarm(T + 45_000)).effects).toContainEqual({
      type: "deliver_event",
      deliveryId: event(1),
      attempt: 2,
    });
  });

  test("after ten failures it is given up, in the log, and its bytes are dropped", () => {
    const tired = { ...replied, deliveries: replied.deliveries.map((delivery) => ({ ...delivery, attempt: 10 })) };
    const moved = play(tired, C, { ...lost, attempt: 10 });
    expect([journaled(moved).at(-1), moved.writes.at(-1)]).toEqual([
      "event_given_up",
      { type: "drop_text", key: event(1) },
    ]);
  });

  test("410 disables the endpoint", () => {
    expect(effectsOf(play(replied, C, { ...lost, failure: { ...failure, status: 410 } }))).toEqual([
      "disable_endpoint",
    ]);
  });

  test("a cadence without an endpoint has nobody to tell", () => {
    expect(play(WAITING, { ...C, endpointId: null }, reply(T)).state.deliveries).toEqual([]);
  });
});

describe("when the grace for late replies is over", () => {
  const at = T + 91 * DAY;
  const quiet = { ...DONE, deliveries: [] };

  test("everything is forgotten", () => {
    expect(effectsOf(play(quiet, C, alarm(at)))).toEqual(["forget_everything"]);
  });

  test("but not while an event or an answer is on its way", () => {
    const busy = play(quiet, C, reply(at - 1)).state;
    const { state, effects } = play(busy, C, alarm(at));
    expect([effects[0]?.type, state.phase.wakeAt]).toEqual(["deliver_event", at + DAY]);
  });
});

describe("a flood of mail", () => {
  const OPEN = cadence(undefined, { exitOnReply: false });
  const MINUTE = 60_000;
  const mails = (count: number, at: (n: number) => number, more: Partial<Classification> = {}) =>
    Array.from({ length: count }, (_, n) => reply(at(n), more, `in_${n}`));
  const asked = (state: Enrollment) => toTell(state).filter((type) => type === "lead.replied").length;

  test("of more than twenty within an hour is kept and asked about no more", () => {
    const moved = play(WAITING, OPEN, ...mails(30, (n) => T + n * MINUTE));
    expect([moved.state.counters.inbound, moved.state.replies.count, asked(moved.state)]).toEqual([30, 30, 20]);
    expect(journaled(moved).filter((line) => line === "message")).toHaveLength(30);
    expect(journaled(moved).filter((line) => line === "inbound_cap_reached")).toHaveLength(10);
  });

  test("still ends the cadence", () => {
    const open = play(WAITING, OPEN, ...mails(20, () => T)).state;
    const { state } = play(open, C, reply(T + 1, {}, "in_last"));
    expect([named(state.phase), toTell(state).at(-1)]).toEqual(["finished:replied", "lead.exited"]);
  });

  test("still pauses it where it isn't certain that a person wrote", () => {
    const open = play(WAITING, OPEN, ...mails(20, () => T)).state;
    expect(play(open, OPEN, reply(T + 1, { confidence: 0.5 }, "in_last")).state.paused).not.toBeNull();
  });

  test("of bounces ends it, and is told a bounded number of times", () => {
    const { state } = play(DONE, C, ...mails(100, () => T, { kind: "bounce" }));
    expect(toTell(state).filter((type) => type === "lead.bounced")).toHaveLength(20);
  });

  test("that is over is asked about again", () => {
    const flooded = play(WAITING, OPEN, ...mails(30, () => T)).state;
    expect(asked(play(flooded, OPEN, reply(T + HOUR, {}, "later")).state)).toBe(21);
  });

  test("twenty within an hour are asked about, all of them, day after day", () => {
    const { state } = play(WAITING, OPEN, ...mails(40, (n) => T + n * 3 * MINUTE));
    expect(asked(state)).toBe(40);
  });

  test("spread over days makes no list without an end: with fifty questions open no other is asked", () => {
    const { state } = play(WAITING, OPEN, ...mails(200, (n) => T + n * HOUR));
    expect(asked(state)).toBe(50);
  });
});

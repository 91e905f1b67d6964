import { describe, expect, test } from "vitest";
import type { Enrollment } from "../../../core/enrollment.ts";
import type { EnrollmentEvent } from "../../../core/events.ts";
import type { Facts } from "../../../core/facts.ts";
import type { PlaceAnswer } from "../../../core/pace/ask-place.ts";
import { type MailboxPace, UNPACED } from "../../../core/pace/settings.ts";
import {
  ACCEPTED,
  alarm,
  answered,
  begun,
  breaker,
  by,
  cadence,
  completion,
  composed,
  DAY,
  effectsOf,
  FACTS,
  FIRST,
  facts,
  failed,
  HOUR,
  journaled,
  MINUTE,
  NOT_SENT,
  play,
  sendFinished,
  slot,
  T,
  TO_READY,
  TO_SENDING,
  UNKNOWN,
  unreadable,
} from "../given.ts";

const C = cadence([{}]);
const COUNTED = { day: "2026-11-23", sent: 49, taken: 50, cap: 50 };
const GRANTED: PlaceAnswer = { granted: true, counted: COUNTED };
const full = (until: number): PlaceAnswer => ({
  granted: false,
  until,
  reason: "mailbox_cap_reached",
  counted: COUNTED,
});

function mailbox(pace: Partial<MailboxPace>): Pick<Facts, "mailbox"> {
  return {
    mailbox: {
      id: "mbx_1",
      enabled: true,
      email: "ana@acme.example",
      timeZone: null,
      unverifiedDomain: null,
      pace: { ...UNPACED, ...pace },
    },
  };
}
const CAPPED = mailbox({ dailySendCap: 50 });

/** The mailbox's word on what the last transition asked it. */
function place(at: number, answer: PlaceAnswer, to: "draft" | "send" = "draft"): EnrollmentEvent {
  return {
    ...{ type: "place_answered", at, dice: 0.5, facts: { ...FACTS, ...CAPPED }, mailboxId: "mbx_1", answer },
    purpose: to === "send" ? { to, lane: { of: "step" } } : { to },
    ask: {
      ...{ id: FIRST, to: to === "send" ? "claim" : "take", repeats: false, pace: { ...UNPACED, dailySendCap: 50 } },
      timeZone: "Europe/Paris",
      opening: {
        timeZone: "Europe/Paris",
        settings: { businessHoursOnly: false },
        tenantBlackouts: [],
        leadCountry: null,
      },
    },
  };
}
/** The same of a mailbox that keeps no pace. */
function unpacedPlace(at: number, answer: PlaceAnswer): EnrollmentEvent {
  return { ...place(at, answer, "send"), facts: { ...FACTS, ...mailbox({}) } } as EnrollmentEvent;
}
const TO_WORDS = [
  ...[alarm(T), facts(T, "draft", CAPPED), place(T, GRANTED), breaker(T), slot(T)],
  answered(T, { body: "Hello", subject: "A question" }),
];

describe("before the draft", () => {
  test("a mailbox with a pace is asked for a place, and one without isn't", () => {
    expect(effectsOf(play(begun(C), C, alarm(T), facts(T, "draft", CAPPED)))).toEqual(["ask_place"]);
    expect(effectsOf(play(begun(C), C, alarm(T), facts(T)))).toEqual(["ask_breaker"]);
  });

  test("whoever has to wait is told when, and the trace says what was counted", () => {
    const { state, writes } = play(begun(C), C, alarm(T), facts(T, "draft", CAPPED), place(T, full(T + 5 * HOUR)));
    expect(state.phase).toMatchObject({
      name: "waiting",
      wakeAt: T + 5 * HOUR,
      waitingFor: {
        ...{ gate: "mailbox_pace", verdict: "wait", reason: "mailbox_cap_reached", until: T + 5 * HOUR },
        read: { mailbox: "mbx_1", ...COUNTED, dailySendCap: 50, timeZone: "Europe/Paris", zoneOf: "tenant" },
      },
    });
    expect(journaled({ state, writes, effects: [], refusal: null })).toEqual(["waiting"]);
    expect(state.place).toEqual({ draftId: FIRST, mailboxId: "mbx_1" });
  });

  test("whoever waits for months looks again within a day, and is still told the month", () => {
    const { state } = play(begun(C), C, alarm(T), facts(T, "draft", CAPPED), place(T, full(T + 100 * DAY)));
    expect(state.phase).toMatchObject({ waitingFor: { until: T + 100 * DAY } });
    expect(state.phase.wakeAt).toBeGreaterThanOrEqual(T + 20 * HOUR);
    expect(state.phase.wakeAt).toBeLessThanOrEqual(T + DAY);
  });

  test("at its time it goes on to the endpoint, or to the day's slot where nobody is asked", () => {
    expect(effectsOf(play(begun(C), C, ...TO_WORDS.slice(0, 3)))).toEqual(["ask_breaker"]);
    const own = cadence([{ draftStrategy: "static", staticSubject: "A", staticBody: "B" }]);
    expect(effectsOf(play(begun(own), own, ...TO_WORDS.slice(0, 3)))).toEqual(["reserve_slot"]);
  });

  test("a step that the cadence's own cap turns away gives its place to another", () => {
    const { state } = play(begun(C), C, ...TO_WORDS.slice(0, 4), slot(T, FIRST, false));
    expect(state.unusedSlots).toEqual([{ draftId: FIRST, mailboxId: "mbx_1" }]);
    expect(effectsOf(play(state, C, alarm(T)))).toEqual(["release_slot"]);
  });
});

describe("before the send", () => {
  test("a place is claimed for that moment, and its word stands in the trace of the message", () => {
    const claims = play(begun(C), C, ...TO_WORDS, facts(T + HOUR, "send", CAPPED));
    expect(claims.effects).toMatchObject([{ type: "ask_place", ask: { id: FIRST, to: "claim", repeats: false } }]);
    const { effects } = play(claims.state, C, place(T + HOUR, GRANTED, "send"));
    expect(effects).toMatchObject([{ type: "compose_message" }]);
    const [compose] = effects;
    expect(compose?.type === "compose_message" && compose.gates.map(({ gate }) => gate).slice(-2)).toEqual([
      "daily_cap",
      "mailbox_pace",
    ]);
  });

  test("the words wait where the day is full by then", () => {
    const { state } = play(begun(C), C, ...TO_WORDS, facts(T, "send", CAPPED), place(T, full(T + HOUR), "send"));
    expect(state.phase).toMatchObject({ name: "ready", wakeAt: T + HOUR, waitingFor: { gate: "mailbox_pace" } });
  });

  test("a message that left keeps its place, and one that surely didn't gives it back when the step is given up", () => {
    const sending = play(
      begun(C),
      C,
      ...TO_WORDS,
      facts(T, "send", CAPPED),
      place(T, GRANTED, "send"),
      composed(T),
    ).state;
    expect(play(sending, C, sendFinished(T, ACCEPTED)).state).toMatchObject({ place: null, unusedSlots: [] });
    const refusal = {
      kind: "refused",
      scope: "recipient",
      addressDead: true,
      code: "550",
      detail: "no such user",
    } as const;
    expect(play(sending, C, sendFinished(T, refusal)).state.unusedSlots).toContainEqual({
      draftId: FIRST,
      mailboxId: "mbx_1",
    });
  });
});

describe("a message that may have left", () => {
  const sending = () =>
    play(begun(C), C, ...TO_WORDS, facts(T, "send", CAPPED), place(T, GRANTED, "send"), composed(T)).state;
  const freed = ({ unusedSlots }: Enrollment) => unusedSlots.filter((slot) => "mailboxId" in slot);
  const stop = by(T + MINUTE, { type: "unenroll_requested", reason: "asked to" } as const);

  test("keeps its place, whoever stops its enrollment then or did while it was on its way", () => {
    expect(freed(play(sending(), C, sendFinished(T, UNKNOWN), stop).state)).toEqual([]);
    expect(freed(play(sending(), C, stop, sendFinished(T, UNKNOWN)).state)).toEqual([]);
    // One that surely hasn't gives it back.
    expect(freed(play(sending(), C, sendFinished(T, NOT_SENT), stop).state)).toHaveLength(1);
    expect(freed(play(sending(), C, stop, sendFinished(T, NOT_SENT)).state)).toHaveLength(1);
  });

  test("keeps it also where the repeat has to wait for a switch, and claims another for that repeat", () => {
    const again = cadence([{}], { onAmbiguous: "resend_after" });
    const { state } = play(sending(), again, sendFinished(T, UNKNOWN));
    const later = state.phase.wakeAt ?? 0;
    const off = { ...CAPPED, cadence: { enabled: false } };
    expect(freed(play(state, again, alarm(later), facts(later, "send", off)).state)).toEqual([]);
    expect(play(state, again, alarm(later), facts(later, "send", CAPPED)).effects).toMatchObject([
      { type: "ask_place", ask: { to: "claim", repeats: true } },
    ]);
  });
});

test("whoever is stopped while waiting gives the place back", () => {
  const { state } = play(begun(C), C, alarm(T), facts(T, "draft", CAPPED), place(T, full(T + DAY)));
  const stopped = play(state, C, by(T, { type: "unenroll_requested", reason: "asked to" } as const)).state;
  expect(stopped).toMatchObject({ place: null, unusedSlots: [{ draftId: FIRST, mailboxId: "mbx_1" }] });
  const given = play(stopped, C, {
    type: "slot_released",
    at: T,
    dice: 0,
    slot: { draftId: FIRST, mailboxId: "mbx_1" },
  });
  expect(given.state.unusedSlots).toEqual([]);
});

describe("out of an outage or a pause", () => {
  const asksAt = (state: Enrollment, at: number) => play(state, C, alarm(at), facts(at)).effects[0];

  test("also a mailbox without a pace is asked, for one a second", () => {
    expect(asksAt(begun(C), T + 14 * MINUTE)?.type).toBe("ask_breaker");
    expect(asksAt(begun(C), T + 15 * MINUTE)).toMatchObject({
      type: "ask_place",
      ask: { to: "take", pace: { dailySendCap: null, minGapSeconds: 1 } },
    });
  });

  test("but not for whoever comes late because a window, an absence or a cap said so", () => {
    for (const gate of ["window", "absence", "daily_cap", "mailbox_pace", "endpoint_health"] as const) {
      const state = begun(C);
      const until = T + 9 * HOUR;
      const waitingFor = { gate, read: {}, verdict: "wait", until, reason: "x" } as const;
      const waits: Enrollment = {
        ...state,
        phase: { ...state.phase, name: "waiting", dueAt: T, previousDraftId: null, waitingFor, wakeAt: until },
      };
      expect(asksAt(waits, until)?.type).toBe("ask_breaker");
      expect(asksAt(waits, until + HOUR)?.type).toBe("ask_place");
    }
  });

  const claims = (state: Enrollment, at: number) =>
    play(state, C, alarm(at), facts(at, "send")).effects.filter(({ type }) => type === "ask_place");
  const ONE_A_SECOND = [{ type: "ask_place", ask: { to: "claim", pace: { dailySendCap: null, minGapSeconds: 1 } } }];

  test("so is it where the words were there, and D1 or the mail's provider wasn't", () => {
    const wordless = play(begun(C), C, ...TO_READY);
    const again = play(wordless.state, C, unreadable(T, "send"));
    expect(claims(again.state, T + 14 * MINUTE)).toEqual([]);
    expect(claims(again.state, T + 15 * MINUTE)).toMatchObject(ONE_A_SECOND);
    const refused = play(begun(C), C, ...TO_SENDING, sendFinished(T, NOT_SENT)).state;
    expect(claims(refused, T + 14 * MINUTE)).toEqual([]);
    expect(claims(refused, T + 15 * MINUTE)).toMatchObject(ONE_A_SECOND);
  });

  test("and whoever was told its turn claims it when it has come, so that they stay apart", () => {
    const late = T + HOUR;
    const waits = play(begun(C), C, ...TO_READY, unreadable(T, "send"), alarm(late), facts(late, "send"));
    const answer: PlaceAnswer = { granted: false, until: late + 5_000, reason: "mailbox_gap", counted: COUNTED };
    const { state } = play(waits.state, C, unpacedPlace(late, answer));
    expect(state.phase).toMatchObject({ waitingFor: { reason: "mailbox_catch_up" }, wakeAt: late + 5_000 });
    expect(claims(state, late + 5_000)).toMatchObject(ONE_A_SECOND);
  });

  test("a message whose draft waited for an endpoint that was down leaves after the others, one that waited for a place there at once", () => {
    const back = T + HOUR;
    for (const [reason, expected] of [
      ["endpoint_down", ONE_A_SECOND],
      ["endpoint_busy", []],
    ] as const) {
      const waitingFor = {
        gate: "endpoint_health",
        read: { waitMs: 1 },
        verdict: "wait",
        until: back,
        reason,
      } as const;
      const waits: Enrollment = {
        ...begun(C),
        phase: { name: "waiting", dueAt: T, previousDraftId: null, waitingFor, wakeAt: back },
      };
      const asked = play(waits, C, alarm(back), facts(back), breaker(back), slot(back));
      expect(asked.effects).toMatchObject([{ type: "request_draft" }]);
      const written = play(asked.state, C, answered(back, { body: "Hello", subject: "A question" }));
      expect(
        play(written.state, C, facts(back, "send")).effects.filter(({ type }) => type === "ask_place"),
      ).toMatchObject(expected);
    }
  });

  test("so does one whose endpoint failed for that long before it answered, but not one that took its time", () => {
    const late = T + HOUR;
    const asked = play(begun(C), C, ...TO_READY.slice(0, -1)).state;
    const words = { body: "Hello", subject: "A question" };
    const failing = play(
      asked,
      C,
      failed(T, { kind: "network" }),
      alarm(late),
      facts(late, "retry"),
      breaker(late, 0, "retry"),
    );
    expect(claims(play(failing.state, C, answered(late, words, 2)).state, late)).toMatchObject(ONE_A_SECOND);
    const slow = play(asked, C, answered(T, "later"), completion(late, words)).state;
    expect(claims(slow, late)).toEqual([]);
  });

  test("but words that waited for the night's end go as they come", () => {
    const morning = T + 12 * HOUR;
    const { state } = play(begun(C), C, ...TO_READY);
    const waitingFor = { gate: "window", read: {}, verdict: "wait", until: morning, reason: "x" } as const;
    if (state.phase.name !== "ready") throw new Error("no words");
    const waits: Enrollment = { ...state, phase: { ...state.phase, waitingFor, wakeAt: morning } };
    expect(claims(waits, morning)).toEqual([]);
    expect(claims(waits, morning + 15 * MINUTE)).toMatchObject(ONE_A_SECOND);
  });
});

import { describe, expect, test } from "vitest";
import type { Enrollment } from "../../../core/enrollment.ts";
import type { EnrollmentEvent } from "../../../core/events.ts";
import type { Facts } from "../../../core/facts.ts";
import {
  alarm,
  begun,
  by,
  cadence,
  composed,
  DAY,
  effectsOf,
  FACTS,
  facts,
  HOUR,
  NOT_SENT,
  named,
  play,
  reply,
  sendFinished,
  T,
  TO_SENT,
  told,
} from "../given.ts";

const LANE = { of: "reply", reply: 1 } as const;
const at = T + HOUR;
/** The month's messages are used up; the next month begins a week later. */
const SPENT: Partial<Facts> = {
  tenant: {
    ...FACTS.tenant,
    quotas: { month: "2026-11", drafts: { used: 0, limit: null }, messages: { used: 5, limit: 5 } },
  },
};
const UNVERIFIED: Partial<Facts> = {
  mailbox: FACTS.mailbox === null ? null : { ...FACTS.mailbox, unverifiedDomain: "acme.example" },
};
const SHUT: Partial<Facts> = {
  tenant: { ...FACTS.tenant, blackoutDates: [{ from: "2026-11-23", to: "2026-11-25" }] },
};
const [woken, resumed, going] = [
  (time: number): EnrollmentEvent => ({ type: "woken", cause: "switch_on", at: time, dice: 0 }),
  (time: number) => by(time, { type: "resume_requested" } as const),
  (time: number) => told(time, 1, { action: "continue" }),
];

/** One step is sent; then the lead wrote back, and the customer's answer waits. */
function answerThatWaits(of: ReturnType<typeof cadence>, closed: Partial<Facts>): Enrollment {
  const asked = play(begun(of), of, ...TO_SENT, alarm(T), told(T, 1, "none"), reply(at), alarm(at)).state;
  return play(asked, of, told(at, 2, { body: "With pleasure" }), facts(at, "send", closed, LANE)).state;
}

describe("an answer to a reply that waits for a gate", () => {
  test.each([
    ["the month's quota, in an enrollment that the reply ended", cadence(), SPENT, "finished:replied"],
    ["its domain's owner, in one that goes on", cadence(undefined, { exitOnReply: false }), UNVERIFIED, "waiting"],
    ["a day on which the tenant is shut", cadence(undefined, { exitOnReply: false }), SHUT, "waiting"],
  ] as const)("is looked at as soon as somebody is woken: %s", (_name, of, closed, phase) => {
    const waits = answerThatWaits(of, closed);
    const [answer] = waits.answers;
    expect([named(waits.phase), named(answer?.phase)]).toEqual([phase, "ready"]);
    const moved = play(waits, of, woken(at + 1));
    expect(moved.state.answers[0]?.phase.wakeAt).toBe(at + 1);
    expect(moved.state.phase).toEqual(waits.phase);
    expect(effectsOf(play(moved.state, of, alarm(at + 1)))).toContain("read_facts");
    // The control: nobody is woken, and it isn't looked at.
    expect(effectsOf(play(waits, of, alarm(at + 1)))).not.toContain("read_facts");
  });

  test("looks again within a day by itself, since who wakes may not know of it yet", () => {
    const [answer] = answerThatWaits(cadence(), SPENT).answers;
    expect(answer?.phase).toMatchObject({
      wakeAt: at + DAY,
      waitingFor: { until: Date.parse("2026-11-30T23:00:00Z") },
    });
  });

  test("is looked at by the lead's new clock", () => {
    const of = cadence();
    const moved = play(
      answerThatWaits(of, SHUT),
      of,
      by(at + 1, { type: "lead_edited", lead: { timeZone: "Pacific/Auckland" } }),
    );
    expect(moved.state.answers[0]?.phase.wakeAt).toBe(at + 1);
    const other = play(answerThatWaits(of, SPENT), of, by(at + 1, { type: "lead_edited", lead: { name: "Joan" } }));
    expect(other.state.answers[0]?.phase.wakeAt).not.toBe(at + 1);
  });

  test("but not one that only waits for its next try", () => {
    const of = cadence();
    const key = "dh-aaaaaaaaaaaaaaaa-r1-0";
    const sending = [facts(at, "send", {}, LANE), composed(at, { sendKey: key, lane: LANE })];
    const asked = play(begun(of), of, ...TO_SENT, alarm(T), told(T, 1, "none"), reply(at), alarm(at)).state;
    const rests = play(
      asked,
      of,
      told(at, 2, { body: "With pleasure" }),
      ...sending,
      sendFinished(at, NOT_SENT, key, LANE),
    ).state;
    expect(play(rests, of, woken(at + 1)).state).toBe(rests);
  });
});

describe("whoever was paused while it was put right", () => {
  const C = cadence();
  const waits = play(begun(), C, alarm(T), facts(T, "draft", SPENT)).state;
  const paused = play(waits, C, by(T, { type: "pause_requested" } as const)).state;

  test("looks at once when it goes on", () => {
    expect(paused.phase.wakeAt).toBeGreaterThan(T + DAY);
    const moved = play(paused, C, resumed(T + 1));
    expect(moved.state.phase.wakeAt).toBe(T + 1);
    expect(effectsOf(play(moved.state, C, alarm(T + 1)))).toEqual(["read_facts"]);
    // The control: paused, nothing is looked at.
    expect(effectsOf(play(paused, C, alarm(T + 1)))).toEqual([]);
  });

  test("keeps the delay of its step", () => {
    const sent = play(begun(), C, ...TO_SENT, by(T, { type: "pause_requested" } as const), resumed(T + 1)).state;
    expect(sent.phase.wakeAt).toBe(T + 2 * DAY);
    const early = { ...paused, phase: { ...paused.phase, dueAt: T + HOUR } } as Enrollment;
    expect(play(early, C, resumed(T + 1)).state.phase.wakeAt).toBe(T + HOUR);
  });

  test("looks at once also when it was the engine that paused, and the customer says to go on", () => {
    const doubted = play(waits, C, reply(T, { confidence: 0.5 }), alarm(T)).state;
    expect(doubted.paused?.by).toContain("engine");
    expect(play(doubted, C, going(T + 1)).state).toMatchObject({ paused: null, phase: { wakeAt: T + 1 } });
  });

  test("goes on after an endpoint that came back meanwhile", () => {
    const off = { id: "end_1", enabled: false, disabledReason: "switched off" };
    const held = play(begun(), C, alarm(T), facts(T, "draft", { endpoint: off })).state;
    const state = play(held, C, by(T, { type: "pause_requested" } as const), {
      type: "woken",
      cause: "endpoint_restored",
      at: T + 1,
      dice: 0,
    }).state;
    expect([named(held.phase), named(state.phase), state.paused?.by]).toEqual([
      "held:endpoint_disabled",
      "waiting",
      "person",
    ]);
  });
});

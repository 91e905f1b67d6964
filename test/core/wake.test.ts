import { describe, expect, test } from "vitest";
import { onlyLooks } from "../../core/effects.ts";
import { indexRow } from "../../core/index-row.ts";
import { alarmToSet, nextDueAt, nextWakeAt, RunBudget, STALE_ALARM_MS } from "../../core/wake.ts";
import {
  alarm,
  answered,
  begun,
  by,
  cadence,
  DAY,
  FACTS,
  FIRST,
  facts,
  HOUR,
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
} from "./given.ts";

const C = cadence();
const NOTED = { type: "reply_noted", at: T, dice: 0, repliedAt: T, isNoted: true } as const;
const pausing = by(T, { type: "pause_requested" } as const);
const REPLIED = play(begun(), C, reply(T), alarm(T), NOTED).state;

test.each([
  ["waits for its step", begun(), T],
  ["asks: the lease", play(begun(), C, ...TO_DRAFTING).state, T + 45_000],
  ["expects a completion: until it expires", play(begun(), C, ...TO_DRAFTING, answered(T, "later")).state, T + DAY],
  ["sends: the lease", play(begun(), C, ...TO_SENDING).state, T + 45_000],
  ["was told something that it passes on: now", play(begun(), C, reply(T)).state, T],
  ["tells: the lease", play(begun(), C, ...TO_SENT).state, T + 45_000],
  [
    "is held: a person comes first",
    play(begun(), C, ...TO_DRAFTING, answered(T, { body: "Hi", review: true })).state.phase,
    null,
  ],
  ["is paused before a step: nothing", play(begun(), C, pausing).state, null],
  ["is paused with words ready: nothing", play(begun(), C, ...TO_READY, pausing).state, null],
  ["is paused while asking: the lease", play(begun(), C, ...TO_DRAFTING, pausing).state, T + 45_000],
  ["is paused while sending: the lease", play(begun(), C, ...TO_SENDING, pausing).state, T + 45_000],
  [
    "has a slot to give back: at once",
    play(begun(), C, alarm(T), facts(T), pausing, {
      type: "slot_answered",
      at: T,
      dice: 0,
      purpose: { to: "draft" },
      facts: FACTS,
      slot: { draftId: FIRST, day: "2026-11-23" },
      granted: true,
      fullFor: "cadence",
      opensAt: T,
    }).state,
    0,
  ],
])("an enrollment that %s", (_name, state, at) => {
  expect("phase" in state ? nextWakeAt(state) : state.wakeAt).toBe(at);
});

describe("the index", () => {
  test("knows what is overdue after the end too, as long as something is on its way: a lost alarm is found", () => {
    expect(toTell(REPLIED)).toEqual(["lead.replied", "lead.exited"]);
    expect(nextDueAt(REPLIED)).toBe(T + 45_000);
    const quiet = play(REPLIED, C, told(T, 1, "none"), told(T, 2, "none")).state;
    expect([nextDueAt(quiet), nextWakeAt(quiet)]).toEqual([null, T + 90 * DAY]);
  });

  test("isn't told that a slot to give back was due in 1970", () => {
    const { state } = play(begun(), C, ...TO_DRAFTING, answered(T, { defer: { untilSeconds: 3600 } }));
    expect([state.unusedSlots.length, nextWakeAt(state), nextDueAt(state)]).toEqual([1, 0, T + 45_000]);
  });

  test("says where the enrollment stands", () => {
    expect(indexRow(play(begun(), C, ...TO_DRAFTING).state, T)).toMatchObject({
      id: "enr_aaaaaaaaaaaaaaaa",
      state: "active",
      phase: "drafting",
      draftId: FIRST,
      nextDueAt: T + 45_000,
      exitReason: null,
    });
    expect(indexRow(REPLIED, T)).toMatchObject({ state: "exited", exitReason: "replied", draftId: null });
    expect(indexRow(play(begun(), C, pausing).state, T)).toMatchObject({ state: "paused", nextDueAt: null });
    expect(
      indexRow(play(begun(), C, ...TO_SENDING, sendFinished(T, { kind: "unknown", stage: "", detail: "" })).state, T),
    ).toMatchObject({ state: "held", heldReason: "ambiguous" });
  });
});

test.each([
  ["nothing is wanted: nothing is set", null, T + 5, T, null],
  ["none is set: it is set", T + HOUR, null, T, T + HOUR],
  ["one is set sooner: it is moved, a run for nothing costs more", T + HOUR, T + 5, T, T + HOUR],
  ["something is due now and one is about to ring: it stays", T, T + 1, T, null],
  ["the same is set: it stays", T + HOUR, T + HOUR, T, null],
  ["one is set later: it is set sooner", T + HOUR, T + 2 * HOUR, T, T + HOUR],
  ["it was due already: at once, never in the past", T - HOUR, null, T, T + 1],
  ["one is a little overdue: it is about to ring", T - HOUR, T - 1000, T, null],
  ["one is long overdue: it is stuck, and is set again", T - HOUR, T - STALE_ALARM_MS, T, T + 1],
])("%s", (_name, wanted, scheduled, now, set) => {
  expect(alarmToSet(wanted, scheduled, now)).toBe(set);
});

describe("a run-away enrollment", () => {
  test("rests after 120 runs within a minute, until the minute is over", () => {
    const budget = new RunBudget();
    const runs = Array.from({ length: 121 }, () => budget.spend(T));
    expect([runs.filter(Boolean).length, runs.at(-1)]).toEqual([120, false]);
    expect([budget.earliest(T + 1), budget.earliest(T + 60_000)]).toEqual([T + 60_000, T + 60_000]);
    expect(budget.spend(T + 60_000)).toBe(true);
  });

  test("one that runs at a human pace never does", () => {
    const budget = new RunBudget();
    for (let run = 0; run < 500; run += 1) expect(budget.spend(T + run * 1000)).toBe(true);
    expect(budget.earliest(T + 500_000)).toBe(T + 500_000);
  });
});

test.each([
  [[], false],
  [["read_facts"], true],
  [["read_facts", "compose_message", "reserve_slot"], true],
  [["read_facts", "send_message"], false],
  [["request_draft"], false],
  [["release_slot"], false],
  [["deliver_event"], false],
])("%j may wait for the next commit: %s", (types, may) => {
  expect(onlyLooks(types.map((type) => ({ type }) as Parameters<typeof onlyLooks>[0][number]))).toBe(may);
});

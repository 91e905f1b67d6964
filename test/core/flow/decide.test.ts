import { describe, expect, test } from "vitest";
import type { DraftAnswer } from "../../../core/contract/draft-answer.ts";
import {
  alarm,
  answered,
  begun,
  breaker,
  cadence,
  completion,
  DAY,
  effectsOf,
  FIRST,
  facts,
  failed,
  HOUR,
  journaled,
  named,
  play,
  reply,
  T,
  TO_DRAFTING,
  toTell,
} from "../given.ts";

const C = cadence();
const DRAFTING = play(begun(), C, ...TO_DRAFTING).state;

test.each<[string, DraftAnswer | "later", string, readonly string[], readonly string[]]>([
  ["body: on to the gates again", { body: "Hello" }, "ready", ["read_facts"], []],
  ["skip: the step is passed over, the cadence goes on", { skip: true }, "waiting", [], ["step.skipped"]],
  ["defer: later", { defer: { untilSeconds: 3600 } }, "waiting", [], ["step.deferred"]],
  ["stop: the cadence ends", { stop: true, reason: "no fit" }, "finished:stopped_by_customer", [], ["lead.exited"]],
  ["202: a completion is expected", "later", "expecting", [], []],
  ["review: held for a person", { body: "Hello", review: true }, "held:review_requested", [], ["step.held"]],
  ["review: false is a plain body", { body: "Hello", review: false }, "ready", ["read_facts"], []],
])("%s", (_name, answer, phase, effects, told) => {
  const moved = play(DRAFTING, C, answered(T, answer));
  expect([named(moved.state.phase), effectsOf(moved), toTell(moved.state)]).toEqual([phase, effects, told]);
});

test("a defer closes the draft; the next asking is a new one that names it, at the time that was named", () => {
  const { state } = play(DRAFTING, C, answered(T, { defer: { untilSeconds: 3600 } }));
  expect(state.phase).toMatchObject({ name: "waiting", wakeAt: T + HOUR, previousDraftId: FIRST });
  expect(play(state, C, completion(T, { body: "Now" })).refusal?.code).toBe("draft_settled");
  const asked = play(
    state,
    C,
    alarm(T + HOUR),
    { type: "slot_released", slot: state.unusedSlots[0] ?? { draftId: "", day: "" }, at: T + HOUR, dice: 0 },
    alarm(T + HOUR),
    facts(T + HOUR),
    breaker(T + HOUR),
  );
  expect(asked.effects).toMatchObject([{ type: "reserve_slot", slot: { draftId: "drf_aaaaaaaaaaaaaaaa_0_2" } }]);
});

test("a skipped step has its outcome, gives its slot back, and the next counts from now", () => {
  const { state } = play(DRAFTING, C, answered(T, { skip: true, reason: "too soon" }));
  expect(state.outcomes).toMatchObject([{ step: 0, outcome: "skipped", reason: "too soon" }]);
  expect(state.unusedSlots).toHaveLength(1);
  expect([state.step, state.phase.wakeAt]).toEqual([1, T + 2 * DAY]);
});

describe("only the attempt that runs may answer", () => {
  const resting = play(DRAFTING, C, failed(T, { kind: "timeout" })).state;
  const second = play(resting, C, alarm(T + HOUR), facts(T + HOUR, "retry"), breaker(T + HOUR, 0, "retry")).state;

  test.each([
    ["after its attempt timed out", resting],
    ["while the next attempt runs", second],
    ["after a reply ended the cadence", play(DRAFTING, C, reply(T)).state],
    ["after a completion was faster", play(DRAFTING, C, completion(T, { body: "First" })).state],
    ["after another draft took its place", play(DRAFTING, C, answered(T, { skip: true })).state],
  ])("%s an answer is logged and not used", (_name, state) => {
    const moved = play(state, C, answered(T + HOUR, { stop: true }));
    expect(moved.state.phase).toEqual(state.phase);
    expect(journaled(moved)).toEqual(["answered: too late, not used"]);
  });

  test("the second attempt's own answer counts", () => {
    expect(named(play(second, C, answered(T + HOUR, { body: "Hello" }, 2)).state.phase)).toBe("ready");
  });

  test("an answer that comes after the draft expired doesn't count either, and the lease ends the asking", () => {
    const late = play(DRAFTING, C, answered(T + DAY, { body: "Hello" }));
    expect([named(late.state.phase), journaled(late)]).toEqual(["drafting", ["answered: too late, not used"]]);
    expect(named(play(late.state, C, alarm(T + DAY)).state.phase)).toBe("held:draft_failed");
  });
});

describe("the completion URL", () => {
  const expecting = play(DRAFTING, C, answered(T, "later")).state;
  const settled = play(expecting, C, completion(T, { body: "Hello" })).state;

  test.each([
    ["after a 202", expecting],
    ["between two attempts", play(DRAFTING, C, failed(T, { kind: "timeout" })).state],
    ["while an attempt runs", DRAFTING],
  ])("%s takes the first valid answer", (_name, state) => {
    const moved = play(state, C, completion(T + 1, { body: "Hello" }));
    expect([named(moved.state.phase), moved.refusal]).toEqual(["ready", null]);
  });

  test("the same answer again is fine and changes nothing", () => {
    const moved = play(settled, C, completion(T + 1, { body: "Hello" }));
    expect(moved).toEqual({ state: settled, writes: [], effects: [], refusal: null });
  });

  test("the same answer that came by the direct way before is fine too", () => {
    const direct = play(DRAFTING, C, answered(T, { body: "Hello" })).state;
    expect(play(direct, C, completion(T, { body: "Hello" })).refusal).toBeNull();
  });

  test.each([
    ["another answer", settled, completion(T + 1, { body: "Changed my mind" }), "draft_settled"],
    [
      "an answer to a draft that nobody asked for",
      expecting,
      completion(T, { body: "Hi" }, "drf_aaaaaaaaaaaaaaaa_0_9"),
      "draft_settled",
    ],
    [
      "an answer after the cadence ended",
      play(expecting, C, reply(T)).state,
      completion(T, { body: "Hi" }),
      "draft_settled",
    ],
    ["an answer at the moment of expiry", expecting, completion(T + DAY, { body: "Hi" }), "draft_expired"],
  ] as const)("%s is refused and changes nothing", (_name, state, event, code) => {
    const moved = play(state, C, event);
    expect([moved.refusal?.code, moved.state]).toEqual([code, state]);
  });
});

import { describe, expect, test } from "vitest";
import type { EnrollmentEvent } from "../../../core/events.ts";
import type { LookUpResult } from "../../../core/mail/outgoing.ts";
import {
  alarm,
  begun,
  cadence,
  claimed,
  composed,
  DAY,
  effectsOf,
  facts,
  MINUTE,
  named,
  play,
  reply,
  sendFinished,
  slot,
  T,
  TO_READY,
  UNKNOWN,
} from "../given.ts";

const KEY = "dh-aaaaaaaaaaaaaaaa-0-0";
const RESENDING = cadence(undefined, { onAmbiguous: "resend_after" });
/** In doubt at a provider that keeps records, 15 minutes later, its look under way. */
const LATER = T + 15 * MINUTE;
const WAITING = play(
  begun(RESENDING),
  RESENDING,
  ...TO_READY,
  facts(T, "send"),
  composed(T, { lookUps: 0 }),
  sendFinished(T, UNKNOWN),
).state;
const LOOKING = play(WAITING, RESENDING, alarm(LATER), facts(LATER, "send"));

const looked = (at: number, result: LookUpResult, look = 1): EnrollmentEvent => ({
  type: "message_looked_up",
  at,
  dice: 0.5,
  lane: { of: "step" },
  sendKey: KEY,
  look,
  result,
});

describe("before a doubtful message is repeated its provider's records are asked", () => {
  test("the look comes first, and its answer before the repeat", () => {
    expect([named(LOOKING.state.phase), effectsOf(LOOKING)]).toEqual(["ready", ["look_message_up"]]);
    expect(effectsOf(play(LOOKING.state, RESENDING, alarm(LATER + 1)))).toEqual([]);
  });

  test("not there: the gates are asked again, and only then it leaves", () => {
    const absent = play(LOOKING.state, RESENDING, looked(LATER + 1, { kind: "not_found" }), alarm(LATER + 1));
    expect(effectsOf(absent)).toEqual(["read_facts"]);
    const sent = play(absent.state, RESENDING, facts(LATER + 1, "send"), claimed(LATER + 1));
    expect([named(sent.state.phase), effectsOf(sent)]).toEqual(["sending", ["send_message"]]);
  });

  test("a reply that comes while the records are asked stops the repeat", () => {
    const after = play(
      LOOKING.state,
      RESENDING,
      reply(LATER + 1),
      looked(LATER + 2, { kind: "not_found" }),
      alarm(LATER + 2),
    );
    expect(named(after.state.phase)).toBe("finished:replied");
    expect(after.effects.map(({ type }) => type)).not.toContain("send_message");
    expect(after.state.outcomes.map(({ outcome }) => outcome)).toEqual(["ambiguous"]);
  });

  test("what was said an hour ago counts no more", () => {
    const absent = play(LOOKING.state, RESENDING, looked(LATER, { kind: "not_found" })).state;
    const late = LATER + 60 * MINUTE;
    expect(effectsOf(play(absent, RESENDING, alarm(late), facts(late, "send")))).toEqual(["look_message_up"]);
  });

  test("a look from before the last repeat, answered late, doesn't let another go", () => {
    const again = LATER + 2 * MINUTE;
    const second = play(LOOKING.state, RESENDING, alarm(again), facts(again, "send"));
    expect(second.effects).toMatchObject([{ type: "look_message_up", look: 2 }]);
    const repeated = play(
      second.state,
      RESENDING,
      looked(again, { kind: "not_found" }, 2),
      alarm(again),
      facts(again, "send"),
      claimed(again),
      sendFinished(again, UNKNOWN),
    );
    expect(named(repeated.state.phase)).toBe("ready");
    const due = repeated.state.phase.wakeAt ?? 0;
    const late = play(repeated.state, RESENDING, looked(due, { kind: "not_found" }, 1), alarm(due), facts(due, "send"));
    expect(late.effects).toMatchObject([{ type: "look_message_up", look: 3 }]);
    const fresh = play(
      late.state,
      RESENDING,
      looked(due, { kind: "not_found" }, 3),
      alarm(due),
      facts(due, "send"),
      claimed(due),
    );
    expect(effectsOf(fresh)).toEqual(["send_message"]);
  });

  test("there: it is sent, and nothing leaves", () => {
    const found = play(
      LOOKING.state,
      RESENDING,
      looked(LATER, { kind: "found", providerMessageId: "p1", wireMessageId: null }),
    );
    expect(found.state.outcomes.map(({ outcome }) => outcome)).toEqual(["sent"]);
  });

  test("the process dies while it asks: it asks again", () => {
    const late = LATER + MINUTE;
    expect(effectsOf(play(LOOKING.state, RESENDING, alarm(late), facts(late, "send")))).toEqual(["look_message_up"]);
  });
});

test("a repeat that relies on the key goes by the account that knows it; one that the cadence chose by any", () => {
  const known = play(begun(), cadence(), ...TO_READY, facts(T, "send"), composed(T, { idempotencyWindowMs: DAY }));
  const doubtful = play(known.state, cadence(), sendFinished(T, UNKNOWN)).state;
  const again = play(doubtful, cadence(), alarm(T + MINUTE), facts(T + MINUTE, "send"));
  expect(again.effects).toMatchObject([{ type: "send_message", onlyBy: "" }]);
  const chosen = play(WAITING, RESENDING, alarm(LATER), facts(LATER, "send"), looked(LATER, { kind: "not_found" }));
  const left = play(chosen.state, RESENDING, alarm(LATER), slot(LATER), facts(LATER, "send"), claimed(LATER));
  expect(left.effects).toMatchObject([{ type: "send_message", onlyBy: null }]);
});

test("through another account nothing is repeated: the doubt is held", () => {
  const known = play(begun(), cadence(), ...TO_READY, facts(T, "send"), composed(T, { idempotencyWindowMs: DAY }));
  const doubtful = play(known.state, cadence(), sendFinished(T, UNKNOWN)).state;
  const again = play(doubtful, cadence(), alarm(T + MINUTE), facts(T + MINUTE, "send")).state;
  const other = {
    kind: "unknown",
    stage: "other_account",
    detail: "the mailbox sends by another account now",
  } as const;
  const held = play(again, cadence(), sendFinished(T + MINUTE, other)).state;
  expect(named(held.phase)).toBe("held:ambiguous");
});

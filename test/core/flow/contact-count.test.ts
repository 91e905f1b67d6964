import { describe, expect, test } from "vitest";
import type { Facts } from "../../../core/facts.ts";
import {
  alarm,
  begun,
  cadence,
  composed,
  DAY,
  effectsOf,
  FACTS,
  facts,
  MINUTE,
  play,
  sendFinished,
  T,
  TO_READY,
  UNKNOWN,
} from "../given.ts";

const LIMITED: Partial<Facts> = {
  tenant: { ...FACTS.tenant, frequencyLimits: { person: { messages: 1, days: 7 }, company: null } },
};

describe("a message that may have arrived", () => {
  const of = cadence(undefined, { onAmbiguous: "resend_after" });
  const later = T + 15 * MINUTE;
  const doubtful = (job: Parameters<typeof composed>[1]) =>
    play(begun(of), of, ...TO_READY, facts(T, "send"), composed(T, job), sendFinished(T, UNKNOWN), alarm(later)).state;

  test("is counted with nobody, and waits for no limit, where it is only looked up", () => {
    expect(effectsOf(play(doubtful({ lookUps: 0 }), of, facts(later, "send", LIMITED)))).toEqual(["look_message_up"]);
  });

  test("is left as it is, whatever the limit says, where it may not leave again", () => {
    const waits = doubtful({ idempotencyWindowMs: MINUTE });
    const moved = play(waits, cadence(), facts(later, "send", LIMITED));
    expect([effectsOf(moved), moved.state.phase.name]).toEqual([[], "held"]);
  });

  test("the control: one that leaves again, after so long, takes a place of the mailbox", () => {
    const { effects } = play(doubtful({ idempotencyWindowMs: DAY }), of, facts(later, "send", LIMITED));
    expect(effects).toMatchObject([{ type: "ask_place", ask: { to: "claim", repeats: true } }]);
  });
});

import { describe, expect, test } from "vitest";
import {
  type Doubt,
  doubtsOf,
  type Rival,
  rivalsOf,
  settleDoubts,
  type TakenReport,
} from "../../../core/mail/settle-doubts.ts";
import { alarm, begun, cadence, MINUTE, play, sendFinished, T, TO_SENDING, UNKNOWN } from "../given.ts";

const NONE: ReadonlySet<string> = new Set();

function doubt(n: number, more: Partial<Doubt> = {}): Doubt {
  return {
    enrollmentId: `enr_${n}`,
    lane: { of: "step" },
    sendKey: `dh-${n}-0-0`,
    to: "jane@lead.example",
    subject: "A question",
    intentAt: T,
    ...more,
  };
}

function report(messageId: string, at = T + MINUTE, subject = "A question"): TakenReport {
  return { messageId, subject, at };
}

const keys = (found: ReturnType<typeof settleDoubts>) =>
  found.map(({ doubt: { sendKey }, messageId }) => [sendKey, messageId]);

describe("what a provider's feed settles", () => {
  test.each<[string, readonly Doubt[], readonly TakenReport[], readonly string[], number]>([
    ["one doubt, one report", [doubt(1)], [report("a")], [], 1],
    ["no report", [doubt(1)], [], [], 0],
    ["another subject", [doubt(1)], [report("a", T, "Re: A question")], [], 0],
    ["a report from before the intent", [doubt(1)], [report("a", T - MINUTE)], [], 0],
    ["a report long after it", [doubt(1)], [report("a", T + 16 * MINUTE)], [], 0],
    ["a message that was acknowledged", [doubt(1)], [report("a")], ["a"], 0],
    ["the same message reported twice", [doubt(1), doubt(2)], [report("a"), report("a", T + 2 * MINUTE)], [], 0],
    ["two doubts alike, one report: nobody knows which", [doubt(1), doubt(2)], [report("a")], [], 0],
    ["two doubts alike, two reports: both", [doubt(1), doubt(2)], [report("a"), report("b")], [], 2],
    ["one doubt, two unknown reports: it was taken", [doubt(1)], [report("a"), report("b")], [], 1],
    [
      "two doubts at other times, of which only one can be meant",
      [doubt(1), doubt(2, { intentAt: T + 30 * MINUTE })],
      [report("a"), report("b", T + 31 * MINUTE)],
      [],
      0,
    ],
  ])("%s", (_name, doubts, reports, known, settled) => {
    expect(settleDoubts(doubts, [], reports, new Set(known))).toHaveLength(settled);
  });

  test.each<[string, Rival, number]>([
    ["one with the same subject", { subject: "A question", at: T + MINUTE }, 0],
    ["one whose subject isn't known", { subject: null, at: T + 20 * MINUTE }, 0],
    ["one with another subject", { subject: "Re: A question", at: T }, 1],
    ["one of an hour ago", { subject: "A question", at: T - 60 * MINUTE }, 1],
  ])("a single report is a rival's as well as the doubt's: %s", (_name, rival, settled) => {
    expect(settleDoubts([doubt(1)], [rival], [report("a")], NONE)).toHaveLength(settled);
    expect(settleDoubts([doubt(1)], [rival], [report("a"), report("b")], NONE)).toHaveLength(1);
  });

  test("each doubt gets an id of its own", () => {
    expect(keys(settleDoubts([doubt(1), doubt(2)], [], [report("a"), report("b")], NONE))).toEqual([
      ["dh-1-0-0", "a"],
      ["dh-2-0-0", "b"],
    ]);
  });
});

test("only what waits for a person is a doubt; what is on its way may still hear of itself", () => {
  const C = cadence();
  const sending = play(begun(), C, ...TO_SENDING).state;
  expect(doubtsOf(sending)).toEqual([]);
  const held = play(sending, C, sendFinished(T, UNKNOWN)).state;
  expect(doubtsOf(held)).toMatchObject([
    { sendKey: "dh-aaaaaaaaaaaaaaaa-0-0", to: "jane@lead.example", subject: "A question" },
  ]);
  const died = play(sending, C, alarm(T + MINUTE)).state;
  expect(doubtsOf(died)).toHaveLength(1);
});

test("what is on its way, and a step that ended in doubt, may be what a report is about", () => {
  const C = cadence();
  const sending = play(begun(), C, ...TO_SENDING).state;
  expect(rivalsOf(sending)).toEqual([{ subject: "A question", at: T }]);
  const held = play(sending, C, sendFinished(T, UNKNOWN)).state;
  expect(rivalsOf(held)).toEqual([]);
  const assuming = cadence(undefined, { onAmbiguous: "assume_sent" });
  const assumed = play(sending, assuming, sendFinished(T + MINUTE, UNKNOWN)).state;
  expect(rivalsOf(assumed)).toEqual([{ subject: null, at: T + MINUTE }]);
});

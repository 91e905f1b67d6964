import { begunAtKills, messageKey, openAtKills } from "../open-sends.ts";
import type { Point } from "../plan.ts";
import { ambiguousOf, judgeDoubts, slowestDoubtMs } from "./doubts.ts";
import type { Evidence, Violation } from "./evidence.ts";
import { judgeLog } from "./log.ts";
import { judgeDuplicates, judgeHeld, judgeReplies, judgeWords } from "./mails.ts";
import { judgeOutcomes } from "./outcomes.ts";
import { judgeWork, pointsHit, stepsDone } from "./work.ts";

/** The run in figures, and every promise that it broke. */
export interface Judgement {
  readonly figures: Figures;
  readonly violations: readonly Violation[];
}

export interface Figures {
  readonly pointsHit: Readonly<Record<Point, number>>;
  /** Steps with the outcome "sent". */
  readonly sent: number;
  readonly lost: number;
  readonly duplicates: number;
  readonly silentSkips: number;
  readonly ambiguous: number;
  /** Of these, how many had arrived all the same. */
  readonly ambiguousArrived: number;
  /** Messages that were open at a kill, by what customer and mail server saw (open-sends.ts). */
  readonly intentsOpenAtKill: number;
  /** Of these, those that the mail server had begun to hear of. */
  readonly begunAtKill: number;
  /** Doubts that were seen in API and log. */
  readonly surfaced: number;
  readonly surfacedSecondsMax: number;
  readonly held: number;
  readonly mails: number;
  readonly replies: number;
  /** Replies that had to be handed in more than once. */
  readonly repliesAgain: number;
  readonly logged: number;
  /** Of the steps that were due, in per cent, two decimals. */
  readonly stepsDone: number;
}

/** Judges a run by what both sides say. Pure, so that a planted fault shows whether it sees. */
export function judge(evidence: Evidence): Judgement {
  const violations = [
    ...judgeOutcomes(evidence),
    ...judgeDuplicates(evidence),
    ...judgeWords(evidence),
    ...judgeReplies(evidence),
    ...judgeHeld(evidence),
    ...judgeDoubts(evidence),
    ...judgeLog(evidence),
    ...judgeWork(evidence),
  ];
  const { record, accounts, surfaced, logged } = evidence;
  const broken = (promise: Violation["promise"]) => violations.filter((one) => one.promise === promise).length;
  const ambiguous = ambiguousOf(evidence);
  const arrived = new Set(record.mails.map(({ lead, step }) => messageKey(lead, step)));
  const outcomes = accounts.flatMap(({ enrollment }) => enrollment?.outcomes ?? []);
  const shown = new Set(surfaced.map(({ key }) => key));
  return {
    violations,
    figures: {
      pointsHit: pointsHit(evidence),
      sent: outcomes.filter(({ outcome }) => outcome === "sent").length,
      lost: broken("nothing lost"),
      duplicates: broken("no duplicate"),
      silentSkips: broken("no silent skip"),
      ambiguous: ambiguous.length,
      ambiguousArrived: ambiguous.filter((key) => arrived.has(key)).length,
      intentsOpenAtKill: openAtKills(record).size,
      begunAtKill: begunAtKills(record),
      surfaced: ambiguous.filter((key) => shown.has(key)).length,
      surfacedSecondsMax: Math.round(slowestDoubtMs(evidence) / 100) / 10,
      held: accounts.filter(({ enrollment }) => enrollment?.state === "held").length,
      mails: record.mails.length,
      replies: record.replies.length,
      repliesAgain: record.replies.filter(({ tries }) => tries > 1).length,
      logged,
      stepsDone: Math.round(stepsDone(evidence) * 10_000) / 100,
    },
  };
}

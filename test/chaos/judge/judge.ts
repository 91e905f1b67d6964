import { messageKey } from "../open-sends.ts";
import type { Point } from "../plan.ts";
import { ambiguousOf, doubtFigures, judgeDoubts } from "./doubts.ts";
import type { Evidence, Violation } from "./evidence.ts";
import { begunAtKills } from "./explain-doubts.ts";
import { cutMsMax, judgeLog } from "./log.ts";
import { judgeDuplicates, judgeHeld, judgeReplies, judgeTold, judgeWords } from "./mails.ts";
import { marginMedianMs } from "./margins.ts";
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
  /** What kills found open, and so may be in doubt: the begun ones, and those of which the mail server never heard. */
  readonly intentsOpenAtKill: number;
  /** Connections that a kill cut off before the mail server's answer can have been taken; each excuses one doubt. */
  readonly begunAtKill: number;
  /** Doubts that were seen in API and log. */
  readonly surfaced: number;
  /** In seconds of the system's uptime. */
  readonly surfacedSecondsMax: number;
  /** How long before a kill something may have been cut off, in the middle (margins.ts), and the longest that was needed. */
  readonly marginMs: number;
  readonly marginMsNeeded: number;
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
    ...judgeTold(evidence),
    ...judgeWords(evidence),
    ...judgeReplies(evidence),
    ...judgeHeld(evidence),
    ...judgeDoubts(evidence),
    ...judgeLog(evidence),
    ...judgeWork(evidence),
  ];
  const { record, accounts, surfaced, logged } = evidence;
  const broken = (promise: Violation["promise"]) => violations.filter((one) => one.promise === promise).length;
  const ambiguous = ambiguousOf(evidence).map(({ key }) => key);
  const doubts = doubtFigures(evidence);
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
      intentsOpenAtKill: begunAtKills(record).length + doubts.unseen,
      begunAtKill: begunAtKills(record).length,
      surfaced: ambiguous.filter((key) => shown.has(key)).length,
      surfacedSecondsMax: Math.round(doubts.slowestMs / 100) / 10,
      marginMs: Math.round(marginMedianMs(record)),
      marginMsNeeded: Math.max(doubts.takenMsMax, cutMsMax(evidence)),
      held: accounts.filter(({ enrollment }) => enrollment?.state === "held").length,
      mails: record.mails.length,
      replies: record.replies.length,
      repliesAgain: record.replies.filter(({ tries }) => tries > 1).length,
      logged,
      stepsDone: Math.round(stepsDone(evidence) * 10_000) / 100,
    },
  };
}

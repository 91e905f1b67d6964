import type { Evidence } from "../evidence.ts";
import { checkEvents } from "./events.ts";
import { checkLog } from "./log.ts";
import { checkMails } from "./mails.ts";
import { checkOutcomes } from "./outcomes.ts";
import { checkReplies } from "./replies.ts";
import { checkSeparation } from "./separation.ts";
import { checkSignatures } from "./signatures.ts";

/** Counts one claim; the sentence is for the reader when it doesn't hold. */
export type Check = (holds: boolean, sentence: string) => void;

/** The claims of one topic. */
export interface Verdict {
  readonly topic: string;
  readonly passed: number;
  readonly failures: readonly string[];
}

/** Every claim of the demonstration, judged on the evidence. A check that throws is a failed one. */
export function judge(evidence: Evidence): readonly Verdict[] {
  return TOPICS.map(([topic, run]) => {
    let passed = 0;
    const failures: string[] = [];
    const check: Check = (holds, sentence) => {
      if (holds) passed += 1;
      else failures.push(sentence);
    };
    try {
      run(evidence, check);
    } catch (error) {
      failures.push(`the check itself broke: ${error instanceof Error ? error.message : error}`);
    }
    return { topic, passed, failures };
  });
}

const TOPICS: readonly (readonly [string, (evidence: Evidence, check: Check) => void])[] = [
  ["signatures", checkSignatures],
  ["mails", checkMails],
  ["outcomes", checkOutcomes],
  ["replies", checkReplies],
  ["events", checkEvents],
  ["log", checkLog],
  ["live and test apart", checkSeparation],
];

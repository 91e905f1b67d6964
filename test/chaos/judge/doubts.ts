import { messageKey } from "../open-sends.ts";
import type { Account, Evidence, Violation } from "./evidence.ts";
import { type Doubt, type Explanation, explainDoubts } from "./explain-doubts.ts";
import { uptimeBetween } from "./uptime.ts";

const SHOWN_WITHIN_MS = 60_000;

/** The messages that the system calls doubtful: by their outcome, or held as such. */
export function ambiguousOf({ accounts }: Evidence): Doubt[] {
  return accounts.flatMap((account) => {
    if (account.enrollment === null) return [];
    const { outcomes, phase, heldReason, currentStep } = account.enrollment;
    const held = phase === "held" && heldReason === "ambiguous" ? [currentStep] : [];
    const steps = outcomes.filter(({ outcome }) => outcome === "ambiguous").map(({ step }) => step);
    return [...steps, ...held].map((step) => doubtOf(account, step));
  });
}

function doubtOf({ lead, timeline }: Account, step: number): Doubt {
  const line = timeline.findLast((one) => one.what === "send_doubtful" && one.step === step);
  return {
    ...{ key: messageKey(lead, step), lead, step },
    doubtedAt: line === undefined ? null : Date.parse(line.at),
    isByLease: line?.detail["stage"] === "process_died",
  };
}

/** Doubt only where a kill found the message open and no key could settle it; each in API and log within a minute. */
export function judgeDoubts(evidence: Evidence): Violation[] {
  const doubts = ambiguousOf(evidence);
  const explanations = explainDoubts(evidence, doubts);
  const shownAfter = shownAfterMs(evidence, doubts, explanations);
  return doubts.flatMap(({ key, lead, step }): Violation[] => {
    const violation = (detail: string): Violation => ({ promise: "doubt is shown", lead, detail });
    const lateMs = shownAfter.get(key);
    const settles = evidence.provider === "idempotent";
    return [
      ...(settles ? [{ promise: "no doubt where keys are known", lead, detail: `step ${step}` } as const] : []),
      ...(explanations.has(key)
        ? []
        : [
            {
              promise: "doubt has a cause",
              lead,
              detail: `step ${step} is in doubt, and no kill found it open`,
            } as const,
          ]),
      ...(lateMs === undefined ? [violation(`the doubt about step ${step} was not seen in both API and log`)] : []),
      ...(lateMs !== undefined && lateMs > SHOWN_WITHIN_MS
        ? [violation(`step ${step} was shown ${(lateMs / 1000).toFixed(1)} s late`)]
        : []),
    ];
  });
}

/** What the doubts of a run came from, and how long they took to be seen. */
export interface DoubtFigures {
  /** Those of which the mail server had heard nothing when the kill came. */
  readonly unseen: number;
  /** Uptime until the slowest was seen in API and log, in milliseconds. */
  readonly slowestMs: number;
  /** The longest from an acceptance that was not taken to the kill, in milliseconds. */
  readonly takenMsMax: number;
}

/** The doubts in figures. */
export function doubtFigures(evidence: Evidence): DoubtFigures {
  const doubts = ambiguousOf(evidence);
  const explanations = explainDoubts(evidence, doubts);
  const all = [...explanations.values()];
  return {
    unseen: all.filter(({ by }) => by === "unseen").length,
    slowestMs: Math.max(0, ...shownAfterMs(evidence, doubts, explanations).values()),
    takenMsMax: Math.max(0, ...all.map(({ takenMs }) => takenMs)),
  };
}

/**
 * For each doubt that was seen in both places, how long the system was up from the end of its lease until then. A system
 * that is down shows nothing, and a restart does not begin the minute anew.
 */
function shownAfterMs(
  { surfaced, record }: Evidence,
  doubts: readonly Doubt[],
  explanations: ReadonlyMap<string, Explanation>,
): Map<string, number> {
  const seen = new Map(surfaced.map(({ key, inApiAt, inLogAt }) => [key, Math.max(inApiAt, inLogAt)]));
  return new Map(
    doubts.flatMap(({ key, doubtedAt }) => {
      const seenAt = seen.get(key);
      const from = explanations.get(key)?.leaseEndAt ?? doubtedAt;
      return seenAt === undefined || from === null ? [] : [[key, uptimeBetween(record, from, seenAt)] as const];
    }),
  );
}

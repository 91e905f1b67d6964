import { type MessageKey, messageKey, openAtKills } from "../open-sends.ts";
import type { Evidence, Violation } from "./evidence.ts";

const SHOWN_WITHIN_MS = 60_000;

/** The messages that the system calls doubtful: by their outcome, or held as such. */
export function ambiguousOf({ accounts }: Evidence): MessageKey[] {
  return accounts.flatMap(({ lead, enrollment }) => {
    if (enrollment === null) return [];
    const { outcomes, phase, heldReason, currentStep } = enrollment;
    const held = phase === "held" && heldReason === "ambiguous" ? [messageKey(lead, currentStep)] : [];
    return [
      ...outcomes.filter(({ outcome }) => outcome === "ambiguous").map(({ step }) => messageKey(lead, step)),
      ...held,
    ];
  });
}

/** Doubt only where a kill found the message open and no key could settle it; each in API and log within a minute. */
export function judgeDoubts(evidence: Evidence): Violation[] {
  const open = openAtKills(evidence.record);
  const surfaced = new Map(evidence.surfaced.map((one) => [one.key, one]));
  return ambiguousOf(evidence).flatMap((key): Violation[] => {
    const [lead = "", step] = key.split("/");
    const violation = (detail: string): Violation => ({ promise: "doubt is shown", lead, detail });
    const shown = surfaced.get(key);
    const lateMs = shown === undefined ? 0 : shownAfterMs(shown, evidence.record.readyAt);
    const settles = evidence.provider === "idempotent";
    return [
      ...(settles ? [{ promise: "no doubt where keys are known", lead, detail: `step ${step}` } as const] : []),
      ...(open.has(key) ? [] : [violation(`step ${step} is in doubt, and no kill found it open`)]),
      ...(shown === undefined ? [violation(`the doubt about step ${step} was not seen in both API and log`)] : []),
      ...(lateMs > SHOWN_WITHIN_MS ? [violation(`step ${step} was shown ${(lateMs / 1000).toFixed(1)} s late`)] : []),
    ];
  });
}

/** The longest that a doubt took to be shown in both places, in milliseconds. */
export function slowestDoubtMs({ surfaced, record }: Evidence): number {
  return Math.max(0, ...surfaced.map((one) => shownAfterMs(one, record.readyAt)));
}

/** Counted from the end of its lease, or from the last restart before it was seen: whichever was later. */
function shownAfterMs(
  { leaseEndAt, inApiAt, inLogAt }: Evidence["surfaced"][number],
  readyAt: readonly number[],
): number {
  const seenAt = Math.max(inApiAt, inLogAt);
  const restartAt = readyAt.findLast((at) => at <= seenAt) ?? 0;
  return Math.max(0, seenAt - Math.max(leaseEndAt, restartAt));
}

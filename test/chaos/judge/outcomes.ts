import type { EnrollmentBody } from "../../../core/contract/enrollment.ts";
import { messageKey } from "../open-sends.ts";
import type { Account, Evidence, Violation } from "./evidence.ts";

/** Every enrollment ended, every step that it passed has one outcome of its own, and "sent" means that it arrived. */
export function judgeOutcomes(evidence: Evidence): Violation[] {
  const arrived = new Set(evidence.record.mails.map(({ lead, step }) => messageKey(lead, step)));
  const replied = new Set(
    evidence.record.replies.filter(({ acceptedAt }) => acceptedAt !== null).map(({ lead }) => lead),
  );
  const missing = evidence.amount.enrollments - evidence.accounts.length;
  const notEnrolled: Violation[] =
    missing === 0 ? [] : [{ promise: "nothing lost", lead: "?", detail: `${missing} leads were never enrolled` }];
  return [
    ...notEnrolled,
    ...evidence.accounts.flatMap((account) => judgeOne(account, evidence, arrived, replied.has(account.lead))),
  ];
}

function judgeOne(
  { lead, enrollment }: Account,
  { amount, onAmbiguous }: Evidence,
  arrived: ReadonlySet<string>,
  hasReplied: boolean,
): Violation[] {
  const lost = (detail: string): Violation => ({ promise: "nothing lost", lead, detail });
  const skipped = (detail: string): Violation => ({ promise: "no silent skip", lead, detail });
  if (enrollment === null) return [lost("the API does not know the enrollment")];
  const { outcomes, state, phase, currentStep } = enrollment;
  const found: Violation[] = [];
  if (!hasEnded(enrollment, onAmbiguous, hasReplied)) {
    const { heldReason, exitReason } = enrollment;
    found.push(lost(`it ended nowhere: ${state}, ${phase}, step ${currentStep}, ${heldReason ?? exitReason ?? "–"}`));
  }
  outcomes.forEach(({ step, outcome, reason }, place) => {
    if (step !== place) found.push(skipped(`outcome ${place} is about step ${step}`));
    if (outcome === "sent" && !arrived.has(messageKey(lead, step)))
      found.push(lost(`step ${step} is "sent", and no mail arrived`));
    const isStopped = outcome === "stopped" && reason === "replied" && hasReplied;
    const isSaid = outcome === "sent" || outcome === "ambiguous" || isStopped;
    if (!isSaid) found.push(skipped(`step ${step} is "${outcome}" (${reason}) and nobody asked for that`));
  });
  const passed = state === "completed" ? amount.steps : state === "held" ? currentStep : outcomes.length;
  if (outcomes.length < passed) found.push(skipped(`${passed} steps passed, ${outcomes.length} outcomes`));
  if (hasReplied && enrollment.replyCount !== 1)
    found.push(lost(`one reply was accepted, and ${enrollment.replyCount} are known`));
  return found;
}

function hasEnded(enrollment: EnrollmentBody, onAmbiguous: Evidence["onAmbiguous"], hasReplied: boolean): boolean {
  switch (enrollment.state) {
    case "completed":
      return true;
    case "exited":
      return enrollment.exitReason === "replied" && hasReplied;
    case "held":
      return onAmbiguous === "hold" && enrollment.heldReason === "ambiguous";
    default:
      return false;
  }
}

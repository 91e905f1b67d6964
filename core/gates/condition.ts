import type { Step } from "../contract/step.ts";
import { acceptDeadline, isProfileToBeFound, standingOf } from "../linkedin/standing.ts";
import type { Gate, GateContext, GateVerdict } from "./gate.ts";

/** A step whose condition doesn't hold is passed over; the next one's delay counts from that moment. */
export const condition: Gate = (context) => {
  const { enrollment, step } = context;
  const { count, lastAt } = enrollment.replies;
  const read = {
    condition: step?.condition ?? null,
    replies: count,
    lastReplyAt: lastAt,
    repliesCountFrom: enrollment.repliesFrom,
  };
  const fails =
    (step?.condition === "never_replied" && count > 0) ||
    (step?.condition === "no_reply_to_prev" && lastAt !== null && lastAt >= enrollment.repliesFrom);
  if (fails) return { gate: "condition", read, verdict: "skip", reason: `condition_${step.condition}` };
  return (step === null ? null : acceptance(context, step, read)) ?? { gate: "condition", read, verdict: "pass" };
};

/** What needs the two to be connected waits for that until its deadline; null where nothing is in the way. */
function acceptance(context: GateContext, step: Step, before: GateVerdict["read"]): GateVerdict | null {
  const { enrollment, now, facts } = context;
  const { isConnected, invitation } = standingOf(enrollment);
  const needsIt = step.condition === "after_accept" || (step.kind === "linkedin_message" && isConnected === false);
  if (!needsIt || isConnected === true) return null;
  // Whether they are connected is asked before anything else is said.
  if (isConnected === null && invitation === null && isProfileToBeFound(enrollment, step, facts)) return null;
  const deadline = acceptDeadline(enrollment, step);
  const read = {
    ...before,
    isConnected,
    invitedAt: invitation === null ? null : new Date(invitation.at).toISOString(),
    deadline: deadline === null ? null : new Date(deadline).toISOString(),
  };
  if (deadline !== null && now < deadline)
    // At the deadline it isn't let through but given up: when it will be, nobody knows.
    return { gate: "condition", read, verdict: "wait", until: deadline, reason: "not_accepted_yet", noTime: true };
  const why = invitation === null ? "not_invited" : invitation.withdrawnAt === null ? "not_accepted" : "withdrawn";
  if (step.onNotAccepted === "stop")
    return { gate: "condition", read, verdict: "stop", reason: "not_accepted", detail: DETAILS[why] };
  return { gate: "condition", read, verdict: "skip", reason: why === "withdrawn" ? "not_accepted" : why };
}

const DETAILS = {
  not_invited: "no LinkedIn invitation is open that could be accepted",
  not_accepted: "the LinkedIn invitation was not accepted in time",
  withdrawn: "the LinkedIn invitation was withdrawn before it was accepted",
} as const;

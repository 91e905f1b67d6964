import type { Gate } from "./gate.ts";

/** A step whose condition doesn't hold is passed over; the next one's delay counts from that moment. */
export const condition: Gate = ({ enrollment, step }) => {
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
  return fails
    ? { gate: "condition", read, verdict: "skip", reason: `condition_${step.condition}` }
    : { gate: "condition", read, verdict: "pass" };
};

import type { Gate } from "./gate.ts";

/** Whoever is suppressed is not written to: the enrollment ends. */
export const suppression: Gate = ({ facts }) => {
  const read = { suppressed: facts.suppressed };
  if (facts.suppressed === null) return { gate: "suppression", read, verdict: "pass" };
  const { scope, reason } = facts.suppressed;
  return {
    gate: "suppression",
    read,
    verdict: "stop",
    reason: "suppressed",
    detail: `the lead's ${scope} is suppressed: ${reason}`,
  };
};

import type { Gate } from "./gate.ts";

/** A webhook step needs its endpoint, enabled. A disabled one holds its steps until it is enabled again. */
export const endpoint: Gate = ({ facts, step }) => {
  const read = { endpoint: facts.endpoint };
  if (step?.draftStrategy === "static") return { gate: "endpoint", read, verdict: "pass" };
  if (facts.endpoint === null)
    return {
      gate: "endpoint",
      read,
      verdict: "hold",
      reason: "endpoint_missing",
      detail: "the cadence has no endpoint to ask",
    };
  if (facts.endpoint.enabled) return { gate: "endpoint", read, verdict: "pass" };
  const detail = `endpoint ${facts.endpoint.id} is disabled: ${facts.endpoint.disabledReason ?? "switched off"}`;
  return { gate: "endpoint", read, verdict: "hold", reason: "endpoint_disabled", detail };
};

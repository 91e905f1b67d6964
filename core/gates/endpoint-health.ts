import type { GateVerdict } from "./gate.ts";

/** The word of the endpoint's breaker as a gate's verdict: while the endpoint is down nobody spends an attempt on it. */
export function healthVerdict(at: number, waitMs: number): GateVerdict {
  return {
    gate: "endpoint_health",
    read: { waitMs },
    verdict: "wait",
    until: at + waitMs,
    reason: "endpoint_down",
  };
}

/** How long this breaker made the enrollment wait the last time, in milliseconds; 0 when something else did, or nothing. */
export function restedMs(waitedFor: GateVerdict | null): number {
  const waitMs = waitedFor?.gate === "endpoint_health" ? waitedFor.read["waitMs"] : 0;
  return typeof waitMs === "number" ? waitMs : 0;
}

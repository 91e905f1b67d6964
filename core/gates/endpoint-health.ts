import type { Asker } from "../endpoint-breaker.ts";
import type { GateVerdict } from "./gate.ts";

/**
 * The word of the endpoint's breaker as a gate's verdict: while the endpoint is down nobody spends an attempt on it, and
 * while as many requests as it may have are under way to it, the next one waits for a place.
 */
export function healthVerdict(at: number, waitMs: number, isBusy: boolean): GateVerdict {
  return {
    gate: "endpoint_health",
    read: { waitMs },
    verdict: "wait",
    until: at + waitMs,
    reason: isBusy ? ENDPOINT_BUSY : ENDPOINT_DOWN,
  };
}

/** What this breaker made the enrollment wait for the last time: a rest, so many milliseconds long, or a place. */
export function waitedOf(waitedFor: GateVerdict | null): Pick<Asker, "restedMs" | "isQueued"> {
  if (waitedFor?.gate !== "endpoint_health" || waitedFor.verdict !== "wait") return { restedMs: 0, isQueued: false };
  if (waitedFor.reason === ENDPOINT_BUSY) return { restedMs: 0, isQueued: true };
  const waitMs = waitedFor.read["waitMs"];
  return { restedMs: typeof waitMs === "number" ? waitMs : 0, isQueued: false };
}

/** Why somebody waits whom the breaker turned away because the endpoint fails. */
export const ENDPOINT_DOWN = "endpoint_down";
const ENDPOINT_BUSY = "endpoint_busy";

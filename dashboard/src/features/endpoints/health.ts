import type { Endpoint } from "../../../../core/contract/endpoint.ts";
import type { EndpointHealth } from "../../../../core/contract/endpoint-health.ts";
import type { Tone } from "../../ui/badge.tsx";

/** An endpoint's health in a word. */
export interface HealthWord {
  readonly word: string;
  readonly tone: Tone;
}

/** From this share of failures on it is called failing, and from that on shaky. */
const FAILING_SHARE = 0.5;
const SHAKY_SHARE = 0.05;

/** The word for it; `health` undefined as long as it isn't known. */
export function healthWord({ enabled }: Pick<Endpoint, "enabled">, health: EndpointHealth | undefined): HealthWord {
  if (!enabled) return { word: "Off", tone: "bad" };
  if (health === undefined) return { word: "On", tone: "plain" };
  if (health.breaker?.state === "open") return { word: "Resting", tone: "bad" };
  if (health.breaker?.state === "half_open") return { word: "Trying again", tone: "warn" };
  const { requests, failures } = health.totals;
  if (requests === 0) return { word: "Quiet", tone: "plain" };
  if (failures / requests >= FAILING_SHARE) return { word: "Failing", tone: "bad" };
  if (failures / requests >= SHAKY_SHARE) return { word: "Shaky", tone: "warn" };
  return { word: "Well", tone: "good" };
}

/** A share as a person reads it; no share where there was nothing. */
export function sayShare(part: number, whole: number): string {
  if (whole === 0) return "none";
  const percent = (part / whole) * 100;
  return percent > 0 && percent < 1 ? "under 1 %" : `${Math.round(percent)} %`;
}

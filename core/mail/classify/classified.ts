import type { Classification } from "../inbound.ts";

/** A classification with its confidence cut to two digits. */
export function classified(
  kind: Classification["kind"],
  subtype: string | null,
  confidence: number,
  evidence: readonly string[],
): Classification {
  return { kind, subtype, confidence: Math.round(confidence * 100) / 100, evidence };
}

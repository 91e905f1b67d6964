import type { EnrollmentSummary } from "../../../core/contract/enrollment.ts";
import { Badge } from "./badge.tsx";
import { STATE_TONES, STATES } from "./enrollment-words.ts";

/** An enrollment's state. */
export function StateBadge({ state }: { readonly state: EnrollmentSummary["state"] }) {
  return <Badge tone={STATE_TONES[state]}>{STATES[state]}</Badge>;
}

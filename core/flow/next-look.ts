import type { HeldReason, SendJob } from "../enrollment.ts";

/** Between the looks. Records may lag behind by minutes; what isn't there after two hours is a matter for a person. */
const LOOKS_AFTER_MS = [15_000, 60_000, 120_000, 300_000, 600_000, 900_000, 1_800_000, 3_600_000];

/** When the provider's records are asked next for a doubtful message; null when they can't be, or were often enough. */
export function nextLookAt(reason: HeldReason, job: SendJob | null, at: number): number | null {
  if (reason !== "ambiguous" || job?.doubt == null || job.lookUps === null) return null;
  const after = LOOKS_AFTER_MS[job.lookUps];
  return after === undefined ? null : at + after;
}

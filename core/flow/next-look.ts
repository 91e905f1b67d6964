import type { HeldReason, SendJob } from "../enrollment.ts";

const MINUTE_MS = 60_000;
/** Records may lag behind by minutes, and be out of reach for hours: hourly for most of a day, then it is a person's. */
const FIRST_LOOKS_MS = [
  15_000,
  MINUTE_MS,
  2 * MINUTE_MS,
  5 * MINUTE_MS,
  10 * MINUTE_MS,
  15 * MINUTE_MS,
  30 * MINUTE_MS,
];
const FURTHER_LOOKS_MS = 60 * MINUTE_MS;
const LOOKS_MAX = 24;
/** "Not there" is believed for so long: until the gates were asked again and the message leaves. */
const ABSENT_FOR_MS = MINUTE_MS;

/** When a message that is held in doubt is looked up next; null when the records can't be asked, or were often enough. */
export function nextLookAt(reason: HeldReason, job: SendJob | null, at: number): number | null {
  const waitMs = reason === "ambiguous" && job?.doubt != null ? lookWaitMs(job) : null;
  return waitMs === null ? null : at + waitMs;
}

/** How long to wait with the next look; null when there is none. */
export function lookWaitMs({ lookUps }: SendJob): number | null {
  if (lookUps === null || lookUps >= LOOKS_MAX) return null;
  return FIRST_LOOKS_MS[lookUps] ?? FURTHER_LOOKS_MS;
}

/** Whether the records have to be asked before anything more becomes of a message that may have arrived. */
export function isToBeLookedUp({ doubt, lookUps, absentAt }: SendJob, at: number): boolean {
  if (doubt === null || lookUps === null) return false;
  return absentAt === null || at - absentAt >= ABSENT_FOR_MS;
}

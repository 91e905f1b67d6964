import { enrollmentOf, idStem } from "./enrollment.ts";

/** Where a line of the log is: `entry` counts the enrollment's own lines from 1, and redeliveries downwards from -1. */
export interface LogPlace {
  readonly enrollmentId: string;
  readonly entry: number;
}

/** `log_<enrollment>_<line>`, and `log_<enrollment>_r<n>` for the n-th redelivery. */
export function logId({ enrollmentId, entry }: LogPlace): string {
  return `log_${idStem(enrollmentId)}_${entry < 0 ? `r${-entry}` : entry}`;
}

/** The place that an id names, or null when it is no log id. */
export function readLogId(id: string): LogPlace | null {
  const enrollmentId = enrollmentOf(id);
  const match = /^log_[a-z2-7]{16}_(r?)(\d{1,9})$/.exec(id);
  if (enrollmentId === null || match === null) return null;
  const [, redelivery, digits] = match;
  return { enrollmentId, entry: redelivery === "r" ? -Number(digits) : Number(digits) };
}

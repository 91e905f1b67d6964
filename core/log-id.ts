import { enrollmentOf, idStem } from "./enrollment.ts";

/** Where a line of the log is: `entry` counts the owner's own lines from 1, and what was sent beside them downwards from -1. */
export interface LogPlace {
  /** The enrollment; for a notice about an endpoint the tenant. */
  readonly enrollmentId: string;
  readonly entry: number;
}

/** `log_<enrollment>_<line>`, `log_<enrollment>_r<n>` for the n-th redelivery, `tlog_<tenant>_r<n>` for a notice. */
export function logId({ enrollmentId, entry }: LogPlace): string {
  const prefix = enrollmentId.startsWith("ten_") ? "tlog" : "log";
  return `${prefix}_${idStem(enrollmentId)}_${entry < 0 ? `r${-entry}` : entry}`;
}

/** The place that an id names, or null when it is no log id. */
export function readLogId(id: string): LogPlace | null {
  const match = /^(t?)log_([a-z0-9]{1,40})_(r?)(\d{1,9})$/.exec(id);
  if (match === null) return null;
  const [, tenant, stem, beside, digits] = match;
  const enrollmentId = tenant === "t" ? `ten_${stem}` : enrollmentOf(id);
  return enrollmentId === null ? null : { enrollmentId, entry: beside === "r" ? -Number(digits) : Number(digits) };
}

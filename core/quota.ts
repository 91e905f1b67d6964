import { dayIn, startOfDay } from "./schedule.ts";

/** What a plan may bound by calendar months: drafts asked for, messages sent, leads enrolled. */
export const QUOTA_KINDS = ["drafts", "messages", "enrollments"] as const;
export type QuotaKind = (typeof QUOTA_KINDS)[number];

/** What was used of one kind in a month; `limit` null: no bound. */
export interface Quota {
  readonly used: number;
  readonly limit: number | null;
}

/** The quotas that stand before a send, as of one look. */
export interface SendQuotas {
  /** YYYY-MM, in the tenant's zone. */
  readonly month: string;
  readonly drafts: Quota;
  readonly messages: Quota;
}

/** The part of a quota at which the endpoints are warned. */
export const WARNED_AT = 0.8;

/** The calendar month of `at` (ms) in `timeZone`, as YYYY-MM. */
export function monthIn(at: number, timeZone: string): string {
  return dayIn(at, timeZone).slice(0, "YYYY-MM".length);
}

/** The first instant (ms) of a month (YYYY-MM) in `timeZone`. */
export function startOfMonth(month: string, timeZone: string): number {
  return startOfDay(`${month}-01`, timeZone);
}

/** The month after, both YYYY-MM. */
export function monthAfter(month: string): string {
  const [year = 0, number = 0] = month.split("-").map(Number);
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, "0")}`;
}

/** How much of a quota is used, as far as anybody is told: in percent 0, 80 or 100. */
export function levelOf({ used, limit }: Quota): 0 | 80 | 100 {
  if (limit === null) return 0;
  if (used >= limit) return 100;
  return used >= limit * WARNED_AT ? 80 : 0;
}

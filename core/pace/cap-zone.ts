import { isTimeZone } from "../schedule.ts";

/** By whose days a mailbox's cap is counted, and why by those. */
export interface CapZone {
  readonly timeZone: string;
  readonly zoneOf: "mailbox" | "tenant";
  /** A sentence for people. */
  readonly zoneWhy: string;
}

/** The mailbox's own zone, else its tenant's. */
export function capZone(mailboxZone: string | null, tenantZone: string): CapZone {
  if (mailboxZone !== null && isTimeZone(mailboxZone))
    return { timeZone: mailboxZone, zoneOf: "mailbox", zoneWhy: "the mailbox has a time zone" };
  const zoneWhy =
    mailboxZone === null ? "the mailbox has no time zone" : `the mailbox's time zone ${mailboxZone} is not known here`;
  return { timeZone: tenantZone, zoneOf: "tenant", zoneWhy };
}

import { isTimeZone } from "../schedule.ts";

/** By whose days a cap is counted, and why by those. */
export interface CapZone {
  readonly timeZone: string;
  readonly zoneOf: "mailbox" | "account" | "tenant";
  /** A sentence for people. */
  readonly zoneWhy: string;
}

/** The mailbox's own zone, or the LinkedIn account's, else its tenant's. */
export function capZone(
  senderZone: string | null,
  tenantZone: string,
  sender: "mailbox" | "account" = "mailbox",
): CapZone {
  if (senderZone !== null && isTimeZone(senderZone))
    return { timeZone: senderZone, zoneOf: sender, zoneWhy: `the ${sender} has a time zone` };
  const zoneWhy =
    senderZone === null
      ? `the ${sender} has no time zone`
      : `the ${sender}'s time zone ${senderZone} is not known here`;
  return { timeZone: tenantZone, zoneOf: "tenant", zoneWhy };
}

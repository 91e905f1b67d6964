import type { Channel } from "./contract/step.ts";
import type { Lead } from "./enrollment.ts";
import type { Facts } from "./facts.ts";
import { isTimeZone } from "./schedule.ts";

/** Whose clock says when something is sent, and why that one. */
export interface SendingZone {
  readonly timeZone: string;
  readonly zoneOf: "lead" | "mailbox" | "account" | "tenant";
  /** A sentence for people. */
  readonly zoneWhy: string;
}

/** The lead's own zone, else that of the mailbox or of the LinkedIn account, else the tenant's. */
export function sendingZone(lead: Lead, facts: Facts, channel: Channel = "email"): SendingZone {
  const leads = lead.timeZone;
  if (leads !== null && isTimeZone(leads))
    return { timeZone: leads, zoneOf: "lead", zoneWhy: "the lead has a time zone of its own" };
  const noLead = without("the lead", leads);
  const senders = (channel === "linkedin" ? facts.linkedin : facts.mailbox)?.timeZone ?? null;
  const sender = channel === "linkedin" ? "account" : "mailbox";
  if (senders !== null && isTimeZone(senders))
    return { timeZone: senders, zoneOf: sender, zoneWhy: `${noLead}, the ${sender} has one` };
  return {
    timeZone: facts.tenant.timeZone,
    zoneOf: "tenant",
    zoneWhy: `${noLead}, ${without(`the ${sender}`, senders)}`,
  };
}

/** What was known when it was saved may not be where it runs now. */
function without(whose: string, zone: string | null): string {
  return zone === null ? `${whose} has no time zone` : `${whose}'s time zone ${zone} is not known here`;
}

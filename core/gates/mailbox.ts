import type { Gate } from "./gate.ts";

/** Verifying wakes whoever waits anyway. */
const VERIFIED_RECHECK_MS = 6 * 3600_000;

/** An e-mail needs a mailbox to send from, which may send for its domain, and an address to send to. */
export const mailbox: Gate = ({ now, facts, enrollment }) => {
  const read = { mailbox: facts.mailbox?.id ?? null, leadEmail: enrollment.lead.email };
  if (facts.mailbox === null)
    return {
      gate: "mailbox",
      read,
      verdict: "hold",
      reason: "mailbox_missing",
      detail: "the enrollment has no mailbox to send from",
    };
  if (enrollment.lead.email === null)
    return {
      gate: "mailbox",
      read,
      verdict: "hold",
      reason: "address_missing",
      detail: "the lead has no e-mail address",
    };
  const { unverifiedDomain } = facts.mailbox;
  if (unverifiedDomain !== null)
    return {
      gate: "mailbox",
      read: { ...read, unverifiedDomain },
      verdict: "wait",
      until: now + VERIFIED_RECHECK_MS,
      reason: "domain_not_verified",
      noTime: true,
    };
  return { gate: "mailbox", read, verdict: "pass" };
};

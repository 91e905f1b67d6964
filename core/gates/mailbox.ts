import type { Gate } from "./gate.ts";

/** An e-mail step needs a mailbox to send from and an address to send to. */
export const mailbox: Gate = ({ facts, enrollment }) => {
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
  return { gate: "mailbox", read, verdict: "pass" };
};

import type { OutgoingMail } from "../../../core/mail/outgoing.ts";

/** The headers that have no field of their own in a provider's API: what threads the mail, and the caller's. */
export function apiHeaders(mail: OutgoingMail): Readonly<Record<string, string>> {
  return {
    // Only the id that the recipient has seen may be answered; where the caller doesn't know it, there is none.
    ...(mail.inReplyTo === null ? {} : { "In-Reply-To": mail.inReplyTo }),
    ...(mail.references.length === 0 ? {} : { References: mail.references.join(" ") }),
    ...mail.headers,
  };
}

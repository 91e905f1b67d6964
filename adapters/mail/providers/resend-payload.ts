import type { MailAddress, OutgoingMail } from "../../../core/mail/outgoing.ts";
import { withAsciiDomain } from "../ascii-domain.ts";
import { assertChecked } from "../mime.ts";

/**
 * The body of `POST /emails`, to the byte as it is stored and sent. Message-ID and Date are Resend's to set. Throws for a
 * mail that `checkOutgoingMail` objects to.
 */
export function composeResend(mail: OutgoingMail): string {
  assertChecked(mail);
  return JSON.stringify({
    from: address(mail.from),
    to: [address(mail.to)],
    ...(mail.cc.length === 0 ? {} : { cc: mail.cc.map(address) }),
    ...(mail.bcc.length === 0 ? {} : { bcc: mail.bcc.map(address) }),
    reply_to: [address(mail.replyTo)],
    subject: mail.subject,
    // JSON carries half of a surrogate pair, mail doesn't: it becomes the replacement character, as every encoder would do.
    text: encodable(mail.text),
    ...(mail.html === null ? {} : { html: encodable(mail.html) }),
    headers: {
      // Only the id that the recipient has seen may be answered; where the caller doesn't know it, there is none.
      ...(mail.inReplyTo === null ? {} : { "In-Reply-To": mail.inReplyTo }),
      ...(mail.references.length === 0 ? {} : { References: mail.references.join(" ") }),
      ...mail.headers,
    },
  });
}

/** `Name <email>`, the name between quotes as soon as a reader could take a part of it for something else (RFC 5322 section 3.2.4). */
function address({ name, email }: MailAddress): string {
  const plain = withAsciiDomain(email);
  if (name === null || name.trim() === "") return plain;
  const shown = /^[\p{L}\p{M}\p{N} '_-]+$/u.test(name) ? name : `"${name.replace(/["\\]/g, "\\$&")}"`;
  return `${shown} <${plain}>`;
}

function encodable(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "\uFFFD");
}

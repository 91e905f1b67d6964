import MailComposer from "nodemailer/lib/mail-composer";
import { encodeWord } from "nodemailer/lib/mime-funcs";
import { checkOutgoingMail } from "../../core/mail/header-safety.ts";
import type { MailAddress, OutgoingMail } from "../../core/mail/outgoing.ts";
import { encodable } from "./encodable.ts";

/**
 * The mail as an RFC 5322 message with CRLF line ends: our Message-ID, Date, threading headers and Reply-To, text and
 * (where there is one) HTML as multipart/alternative, no Bcc. All of it is ASCII unless an address has letters outside
 * ASCII before its @. Throws when the mail has not passed `checkOutgoingMail`: that is a bug of the caller.
 * The boundary is random, so compose once and store the result.
 */
export async function composeMime(mail: OutgoingMail): Promise<string> {
  assertChecked(mail);
  const composer = new MailComposer({
    from: mailbox(mail.from),
    to: [mailbox(mail.to)],
    cc: mail.cc.map(mailbox),
    replyTo: [mailbox(mail.replyTo)],
    text: encodable(mail.text),
    ...(mail.html === null ? {} : { html: encodable(mail.html) }),
    messageId: mail.messageId,
    ...(mail.inReplyTo === null ? {} : { inReplyTo: mail.inReplyTo }),
    references: [...mail.references],
    date: new Date(mail.date),
    headers: [subjectHeader(mail.subject), ...Object.entries(mail.headers).map(([key, value]) => ({ key, value }))],
    newline: "windows",
    // A body is never a path or an address to read from.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const raw = (await composer.compile().build()).toString("utf8");
  // A bare CR or LF is a line break to one server and not to the next: that difference is SMTP smuggling.
  return raw.replace(/\r\n|\r|\n/gu, "\r\n");
}

/** Throws for a mail that `checkOutgoingMail` objects to; every provider's `compose` begins with it. */
export function assertChecked(mail: OutgoingMail): void {
  const problems = checkOutgoingMail(mail);
  if (problems.length > 0) throw new Error(`An unchecked mail reached a provider: ${problems.join(" ")}`);
}

/** ASCII that reads like an encoded word would be decoded by the reader into something else, so it is encoded too. */
function subjectHeader(subject: string): {
  key: string;
  value: string | { prepared: true; foldLines: true; value: string };
} {
  if (!subject.includes("=?")) return { key: "Subject", value: subject };
  return { key: "Subject", value: { prepared: true, foldLines: true, value: encodeWord(subject, "B", 52) } };
}

function mailbox(address: MailAddress): { name: string; address: string } {
  return { name: address.name ?? "", address: address.email };
}

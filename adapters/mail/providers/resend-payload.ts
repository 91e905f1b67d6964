import type { OutgoingMail } from "../../../core/mail/outgoing.ts";
import { encodable } from "../encodable.ts";
import { assertChecked } from "../mime.ts";
import { apiAddress } from "./api-address.ts";
import { apiHeaders } from "./api-headers.ts";
import { REFERENCE_FIELD, referenceOf } from "./reference.ts";

/**
 * The body of `POST /emails`, to the byte as it is stored and sent. Message-ID and Date are Resend's to set. Throws for a
 * mail that `checkOutgoingMail` objects to.
 */
export function composeResend(mail: OutgoingMail): string {
  assertChecked(mail);
  return JSON.stringify({
    from: apiAddress(mail.from),
    to: [apiAddress(mail.to)],
    ...(mail.cc.length === 0 ? {} : { cc: mail.cc.map(apiAddress) }),
    ...(mail.bcc.length === 0 ? {} : { bcc: mail.bcc.map(apiAddress) }),
    reply_to: [apiAddress(mail.replyTo)],
    subject: mail.subject,
    text: encodable(mail.text),
    ...(mail.html === null ? {} : { html: encodable(mail.html) }),
    headers: apiHeaders(mail),
    tags: [{ name: REFERENCE_FIELD, value: referenceOf(mail.messageId) }],
  });
}

import { z } from "zod";
import type { OutgoingMail } from "../../../core/mail/outgoing.ts";
import { encodable } from "../encodable.ts";
import { assertChecked } from "../mime.ts";
import { apiAddress, emailIn } from "./api-address.ts";
import { apiHeaders } from "./api-headers.ts";
import { REFERENCE_FIELD, referenceOf } from "./reference.ts";

/**
 * The body of `POST /email`, to the byte as it is stored and sent. `messageStream` is the stream's id. Throws for a mail
 * that `checkOutgoingMail` objects to.
 */
export function composePostmark(mail: OutgoingMail, messageStream: string): string {
  assertChecked(mail);
  const headers = { "Message-ID": mail.messageId, "X-PM-KeepID": "true", ...apiHeaders(mail) };
  return JSON.stringify({
    From: apiAddress(mail.from),
    To: apiAddress(mail.to),
    ...(mail.cc.length === 0 ? {} : { Cc: mail.cc.map(apiAddress).join(", ") }),
    ...(mail.bcc.length === 0 ? {} : { Bcc: mail.bcc.map(apiAddress).join(", ") }),
    ReplyTo: apiAddress(mail.replyTo),
    Subject: mail.subject,
    TextBody: encodable(mail.text),
    ...(mail.html === null ? {} : { HtmlBody: encodable(mail.html) }),
    Headers: Object.entries(headers).map(([Name, Value]) => ({ Name, Value })),
    Metadata: { [REFERENCE_FIELD]: referenceOf(mail.messageId) },
    MessageStream: messageStream,
  });
}

/** What of a payload is needed after it was composed. */
export interface PostmarkMessage {
  /** In lower case, as they write it. */
  readonly to: string;
  readonly hasCopies: boolean;
  readonly messageStream: string;
  readonly reference: string;
}

/** Throws for a payload that `composePostmark` can't have written. */
export function readPostmarkPayload(payload: string): PostmarkMessage {
  const { To, Cc, Bcc, MessageStream, Metadata } = Payload.parse(JSON.parse(payload));
  return {
    to: emailIn(To).toLowerCase(),
    hasCopies: Cc !== undefined || Bcc !== undefined,
    messageStream: MessageStream,
    reference: Metadata[REFERENCE_FIELD],
  };
}

const Payload = z.object({
  To: z.string(),
  Cc: z.string().optional(),
  Bcc: z.string().optional(),
  MessageStream: z.string(),
  Metadata: z.object({ [REFERENCE_FIELD]: z.string() }),
});

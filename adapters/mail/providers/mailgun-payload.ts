import type { OutgoingMail } from "../../../core/mail/outgoing.ts";
import { sha256Hex } from "../../crypto/bytes.ts";
import { withAsciiDomain } from "../ascii-domain.ts";
import { composeMime } from "../mime.ts";

/**
 * The body of `POST /v3/{domain}/messages.mime`, to the byte as it is stored and sent: each recipient as a field, the blind
 * ones too, and the message as a file. The message is our own MIME, since Mailgun leaves its headers alone; its events name
 * it by our Message-ID, so it needs no variable, which would stand in a header of its own. Throws for a mail that
 * `checkOutgoingMail` objects to.
 */
export async function composeMailgun(mail: OutgoingMail): Promise<string> {
  const raw = await composeMime(mail);
  // A text can't hold its own hash.
  const boundary = `${BOUNDARY_PREFIX}${await sha256Hex(raw)}`;
  const recipients = [mail.to, ...mail.cc, ...mail.bcc].map(({ email }) => withAsciiDomain(email));
  const parts = [
    ...recipients.map((email) => `Content-Disposition: form-data; name="to"\r\n\r\n${email}`),
    `Content-Disposition: form-data; name="message"; filename="message.eml"\r\nContent-Type: message/rfc822\r\n\r\n${raw}`,
  ];
  return `${parts.map((part) => `--${boundary}\r\n${part}\r\n`).join("")}--${boundary}--\r\n`;
}

const BOUNDARY_PREFIX = "drafthook-";

/** What of a payload is needed after it was composed. */
export interface MailgunMessage {
  readonly contentType: string;
  readonly hasCopies: boolean;
  /** With angle brackets. */
  readonly messageId: string;
  /** When it was composed, in milliseconds since the epoch: it was sent then at the earliest. */
  readonly date: number;
}

/** Throws for a payload that `composeMailgun` can't have written. */
export function readMailgunPayload(payload: string): MailgunMessage {
  const boundary = /^--(drafthook-[0-9a-f]{64})\r\n/.exec(payload)?.[1];
  const [, header = ""] = payload.split(`${MESSAGE_PART}\r\n\r\n`, 2);
  const [fields = ""] = header.split("\r\n\r\n", 1);
  const messageId = /^Message-ID:\s+(<\S+>)\r$/im.exec(`${fields}\r\n`)?.[1];
  const date = Date.parse(/^Date:\s+(.+)\r$/im.exec(`${fields}\r\n`)?.[1] ?? "");
  if (boundary === undefined || messageId === undefined || Number.isNaN(date))
    throw new Error("this payload is not one for Mailgun");
  const recipients = payload.slice(0, payload.indexOf(MESSAGE_PART)).split('name="to"').length - 1;
  return { contentType: `multipart/form-data; boundary=${boundary}`, hasCopies: recipients > 1, messageId, date };
}

const MESSAGE_PART = "Content-Type: message/rfc822";

import type { MailAddress } from "./outgoing.ts";

/** A mail that came in, parsed into a plain record (the parsing needs a platform, so it is done in adapters/mail). */
export interface InboundMail {
  /** RFC 5321 reverse-path; empty for `<>`. */
  readonly envelopeFrom: string;
  readonly envelopeTo: string;
  /** With angle brackets; null where the mail has none. */
  readonly messageId: string | null;
  readonly inReplyTo: readonly string[];
  readonly references: readonly string[];
  readonly from: MailAddress | null;
  readonly to: readonly MailAddress[];
  readonly cc: readonly MailAddress[];
  readonly subject: string;
  /** Milliseconds since the epoch, as the sender claims; null where missing or unreadable. */
  readonly date: number | null;
  /** The text part, or the HTML part turned into text. */
  readonly text: string;
  readonly html: string | null;
  /** Lower-case name to the values in order of appearance. */
  readonly headers: Readonly<Record<string, readonly string[]>>;
  /** Lower-case content types of all parts, for structure (multipart/report, message/delivery-status, …). */
  readonly contentTypes: readonly string[];
  /** The text of message/delivery-status parts (RFC 3464) and the headers of returned messages. */
  readonly deliveryStatus: string | null;
  readonly returnedHeaders: string | null;
  readonly attachments: readonly { readonly name: string | null; readonly type: string; readonly sizeBytes: number }[];
  readonly sizeBytes: number;
  /** True when the mail was too large or had too many parts, so only headers and the first text were read. */
  readonly partial: boolean;
}

export type InboundKind = "human" | "auto_reply" | "bounce" | "other";

/** What a mail is, and by which signs it was told. In doubt it is `human` with a confidence below 0.8. */
export interface Classification {
  readonly kind: InboundKind;
  readonly subtype: string | null;
  /** 0 to 1. */
  readonly confidence: number;
  readonly evidence: readonly string[];
}

import type { MailAddress } from "./outgoing.ts";

/** A mail that came in, parsed into a plain record (the parsing needs a platform, so it is done in adapters/mail). */
export interface InboundMail {
  /** RFC 5321 reverse-path; empty for `<>`. */
  readonly envelopeFrom: string;
  /** Empty where a mail was read from a file and its envelope isn't known. */
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
  /** The fields of message/feedback-report (RFC 5965) and message/disposition-notification parts (RFC 8098). */
  readonly machineReport: string | null;
  /** The first calendar part (RFC 5545), its start. */
  readonly calendar: string | null;
  /** The text of text parts that are attached and not shown, where some servers put why a mail failed. */
  readonly attachedText: string | null;
  /** The Message-IDs of header lines anywhere in the undecoded body, for reports whose MIME is broken. */
  readonly bodyMessageIds: readonly string[];
  readonly attachments: readonly { readonly name: string | null; readonly type: string; readonly sizeBytes: number }[];
  readonly sizeBytes: number;
  /** True when the mail was too large or had too many parts, so only headers and the first text were read. */
  readonly partial: boolean;
}

/**
 * What a mail can be. `unsubscribe` is a person's mail too, one who wants no more of ours; `bounce_delayed` and
 * `dsn_success` are a server's word on a mail that isn't lost; `other` is our own mail, a newsletter, an invitation.
 */
export const INBOUND_KINDS = [
  "human",
  "auto_reply",
  "bounce",
  "bounce_delayed",
  "dsn_success",
  "complaint",
  "unsubscribe",
  "calendar_reply",
  "challenge_response",
  "read_receipt",
  "other",
] as const;
export type InboundKind = (typeof INBOUND_KINDS)[number];

/** What a mail is, and by which signs it was told. In doubt it is `human` with a confidence below 0.8. */
export interface Classification {
  readonly kind: InboundKind;
  /**
   * `auto_reply` ooo | auto_ack | left_company; `bounce` and its kin dsn | text; `calendar_reply` accepted | declined |
   * tentative | counter | null; `complaint` the Feedback-Type; `read_receipt` the disposition; `other` own_mail | list |
   * calendar | copy_bounced; else null.
   */
  readonly subtype: string | null;
  /** 0 to 1. */
  readonly confidence: number;
  readonly evidence: readonly string[];
  /** Of `bounce`, `bounce_delayed`, `dsn_success`; absent for all others, and in what was stored before it was read. */
  readonly bounce?: BounceFacts;
  /** Of `auto_reply`; absent where it names neither a day nor anybody. */
  readonly absence?: Absence;
}

/** What a bounce says. Two questions: is the address dead, and was this message refused for good. */
export interface BounceFacts {
  /** `hard`: the address is dead, so nothing more may go there. `undecided`: it doesn't say. */
  readonly class: "hard" | "soft" | "undecided";
  readonly addressDead: boolean;
  /** Whether the far side refused for good (5yz); false where trouble that passes lasted too long (4yz). */
  readonly messagePermanent: boolean;
  readonly reason: BounceReason;
  /** Of `recipients` the one that the rest is about; null where none could be read. */
  readonly recipient: string | null;
  readonly recipients: readonly string[];
  /** RFC 3463, as `5.1.1`; null where there is none. */
  readonly status: string | null;
  /** The server's own words, at most 300 characters; null where it said nothing. */
  readonly diagnostic: string | null;
}

/** Why a server refused, in our words; the first four mean that the address is dead. */
export type BounceReason =
  | "user_unknown"
  | "domain_unknown"
  | "domain_takes_no_mail"
  | "moved"
  | "mailbox_full"
  | "mailbox_disabled"
  | "filtered"
  | "restricted"
  | "suppressed"
  | "content_rejected"
  | "policy"
  | "blocked"
  | "authentication"
  | "rate_limited"
  | "sender_rejected"
  | "relaying_denied"
  | "message_too_large"
  | "loop"
  | "tls"
  | "network_error"
  | "server_error"
  | "expired"
  | "unknown";

/** What an automatic answer tells about its person. */
export interface Absence {
  /** The day of return, or the last day away where only that is said: `2026-01-05`. Null where no day is named. */
  readonly returnsOn: string | null;
  /** Whom to write to instead; null where nobody is named. */
  readonly successor: MailAddress | null;
}

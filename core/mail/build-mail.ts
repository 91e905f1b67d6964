import type { MailAddress, OutgoingMail } from "./outgoing.ts";
import { type UnsubscribeWays, unsubscribeHeaders } from "./unsubscribe-headers.ts";

/** The sender's side of a message. */
export interface Sender {
  readonly fromName: string | null;
  readonly email: string;
  readonly cc: string | null;
  readonly bcc: string | null;
}

export interface MailParts {
  readonly sender: Sender;
  readonly to: MailAddress;
  /** The signed reply address; it is the reverse-path too, so that bounces prove themselves. */
  readonly replyAddress: string;
  readonly sendKey: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string | null;
  readonly date: number;
  /** Wire ids of the thread, oldest first. */
  readonly threadIds: readonly string[];
  /** An id of ours that stands in References of the whole thread where wire ids aren't known; null where they are. */
  readonly threadReference: string | null;
  /** Null for a personal answer to a person's reply. */
  readonly unsubscribe: UnsubscribeWays | null;
}

/** Room for References: RFC 5322 sets no bound, Cloudflare takes 2,048 bytes of value. */
const REFERENCES_CHARACTERS_MAX = 2_000;
const KEPT_AT_EACH_END = 10;

/**
 * One message with its threading headers: In-Reply-To is the message before, References all of them (RFC 5322 section
 * 3.6.4). An id that nobody has seen stands in References only: in In-Reply-To it would name a message that isn't there.
 */
export function buildMail(parts: MailParts): OutgoingMail {
  const { sender } = parts;
  return {
    from: { name: sender.fromName, email: sender.email },
    to: parts.to,
    cc: sender.cc === null ? [] : [{ name: null, email: sender.cc }],
    bcc: sender.bcc === null ? [] : [{ name: null, email: sender.bcc }],
    replyTo: { name: sender.fromName, email: parts.replyAddress },
    envelopeFrom: parts.replyAddress,
    subject: parts.subject,
    text: parts.text,
    html: parts.html,
    messageId: `<${parts.sendKey}@${domainOf(sender.email)}>`,
    inReplyTo: parts.threadIds.at(-1) ?? null,
    references: trimReferences(
      parts.threadReference === null
        ? parts.threadIds
        : [parts.threadReference, ...parts.threadIds.filter((id) => id !== parts.threadReference)],
    ),
    date: parts.date,
    headers: {
      "X-Drafthook-Ref": parts.replyAddress.split("@")[0] ?? "",
      ...(parts.unsubscribe === null ? {} : unsubscribeHeaders(parts.unsubscribe)),
    },
  };
}

/** The id that holds an enrollment's thread together where recipients don't see the ids that we ask for. */
export function threadReference(enrollmentId: string, sender: string): string {
  return `<dh-${enrollmentId.slice("enr_".length)}-thread@${domainOf(sender)}>`;
}

/** Long threads lose their middle, never the root or the latest. */
export function trimReferences(ids: readonly string[]): readonly string[] {
  if (ids.join(" ").length <= REFERENCES_CHARACTERS_MAX) return ids;
  const head = ids.slice(0, KEPT_AT_EACH_END);
  const tail = ids.slice(Math.max(KEPT_AT_EACH_END, ids.length - KEPT_AT_EACH_END));
  while (tail.length > 1 && [...head, ...tail].join(" ").length > REFERENCES_CHARACTERS_MAX)
    (head.length > 1 ? head : tail).splice(head.length > 1 ? head.length - 1 : 0, 1);
  return [...head, ...tail];
}

function domainOf(email: string): string {
  return email.slice(email.lastIndexOf("@") + 1).toLowerCase();
}

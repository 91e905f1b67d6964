import type { DkimEvidence } from "./dkim/verdict.ts";
import type { InboundMail } from "./inbound.ts";
import type { MailAddress, OutgoingMail } from "./outgoing.ts";
import { unsubscribeHeaders } from "./unsubscribe-headers.ts";

/** A test message that was sent, and what is known of it. Times in milliseconds. */
export interface SelfTestRecord {
  /** Tells the tests of one mailbox apart. */
  readonly code: string;
  readonly sentAt: number;
  /** Null where the provider took it; else why not. */
  readonly failure: string | null;
  readonly arrival: SelfTestArrival | null;
}

/** What a test message was like when it came in. */
export interface SelfTestArrival {
  readonly at: number;
  readonly messageId: string | null;
  readonly keepsMessageId: boolean;
  readonly dkim: DkimEvidence["dkim"];
  readonly isAligned: boolean | null;
  readonly lostHeaders: readonly string[];
}

/** The address that a mailbox's test message goes to: `s`, the id of the key, the mailbox's id, a MAC. */
export interface SelfTestToken {
  readonly kid: string;
  /** `mbx_` and 16 characters of base32. */
  readonly mailboxId: string;
  readonly macBase32: string;
}

/** `s<kid><id><mac>`: 34 characters before the `@`. */
export function formatSelfTestToken({ kid, mailboxId, macBase32 }: SelfTestToken): string {
  return `s${kid}${mailboxId.slice("mbx_".length)}${macBase32}`;
}

/** The token of an address that mail was sent to; null where it has none. */
export function selfTestTokenOf(address: string): SelfTestToken | null {
  const local = address.slice(0, Math.max(address.lastIndexOf("@"), 0)).toLowerCase();
  const [, kid, id, macBase32] = /^s([a-z0-9])([a-z2-7]{16})([a-z2-7]{16})$/.exec(local) ?? [];
  return kid === undefined || id === undefined || macBase32 === undefined
    ? null
    : { kid, mailboxId: `mbx_${id}`, macBase32 };
}

/**
 * A message with every header that a step's message has, as the second of a thread, so that what a provider takes away or
 * rewrites is seen. `code` stands in its subject and in its Message-ID.
 */
export function selfTestMail(from: MailAddress, address: string, code: string, date: number): OutgoingMail {
  const domain = from.email.slice(from.email.lastIndexOf("@") + 1);
  const before = `<st-${code}-0@${domain}>`;
  return {
    from,
    to: { name: null, email: address },
    cc: [],
    bcc: [],
    replyTo: { name: from.name, email: address },
    envelopeFrom: address,
    subject: `Re: ${SUBJECT} ${code}`,
    text: "Drafthook sent this message from your mailbox to itself, to see what arrives of it. Nobody else gets it.",
    html: null,
    messageId: messageIdOf(code, domain),
    inReplyTo: before,
    references: [before],
    date,
    headers: unsubscribeHeaders({ url: null, mailto: address }),
  };
}

const SUBJECT = "Drafthook self-test";

/** The code of the test that a mail belongs to; null where its subject has none. */
export function selfTestCodeIn({ subject }: InboundMail): string | null {
  return new RegExp(`${SUBJECT} ([a-z2-7]{16})$`).exec(subject.trim())?.[1] ?? null;
}

/** Compares a test message as it came in with what was sent. */
export function selfTestArrival(mail: InboundMail, code: string, auth: DkimEvidence, at: number): SelfTestArrival {
  const domain = mail.from?.email.slice(mail.from.email.lastIndexOf("@") + 1) ?? "";
  const before = `<st-${code}-0@${domain}>`;
  const address = mail.envelopeTo.toLowerCase();
  const kept: Readonly<Record<string, boolean>> = {
    "In-Reply-To": mail.inReplyTo.includes(before),
    References: mail.references.includes(before),
    "Reply-To": (mail.headers["reply-to"]?.[0] ?? "").toLowerCase().includes(address),
    "List-Unsubscribe": (mail.headers["list-unsubscribe"]?.[0] ?? "").toLowerCase().includes(address),
  };
  return {
    at,
    messageId: mail.messageId,
    keepsMessageId: mail.messageId?.toLowerCase() === messageIdOf(code, domain).toLowerCase(),
    dkim: auth.dkim,
    isAligned: auth.aligned,
    lostHeaders: Object.keys(kept).filter((name) => kept[name] !== true),
  };
}

function messageIdOf(code: string, domain: string): string {
  return `<st-${code}-1@${domain}>`;
}

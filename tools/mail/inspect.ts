import { readFile } from "node:fs/promises";
import { parseInbound } from "../../adapters/mail/parse-inbound.ts";
import { returnedMessageId } from "../../core/mail/classify/returned-message.ts";
import { classifyInbound } from "../../core/mail/classify.ts";
import type { Absence, BounceFacts, Classification, InboundMail } from "../../core/mail/inbound.ts";
import { replyOf } from "../../core/mail/reply/reply-of.ts";

/** What a mail file holds, as `drafthook mail inspect --json` prints it: one object a line. */
export interface Inspection {
  readonly file: string;
  readonly kind: Classification["kind"];
  readonly subtype: string | null;
  readonly confidence: number;
  readonly evidence: readonly string[];
  readonly bounce: BounceFacts | null;
  readonly absence: Absence | null;
  /** The message that a report is about, or that a person answers; with angle brackets. */
  readonly originalMessageId: string | null;
  readonly messageId: string | null;
  readonly inReplyTo: readonly string[];
  readonly references: readonly string[];
  readonly from: string | null;
  readonly subject: string;
  /** What is new in it, without quote and signature. */
  readonly text: string;
  readonly quoted: string;
}

/**
 * Reads one file and tells what it is, by the same code as the Worker's. A file knows no envelope: the reverse-path is
 * taken from Return-Path. Rejects only where the file can't be read.
 */
export async function inspectFile(file: string): Promise<Inspection> {
  return inspectMail(file, new Uint8Array(await readFile(file)), Date.now());
}

/** The same for the bytes of a mail; `receivedAt` in milliseconds since the epoch. */
export async function inspectMail(file: string, raw: Uint8Array, receivedAt: number): Promise<Inspection> {
  const mail = await parseInbound(raw, { from: "", to: "" });
  const classification = classifyInbound(mail, NOTHING_OWN, receivedAt);
  const { clean, quoted } = replyOf(mail);
  return {
    file,
    kind: classification.kind,
    subtype: classification.subtype,
    confidence: classification.confidence,
    evidence: classification.evidence,
    bounce: classification.bounce ?? null,
    absence: classification.absence ?? null,
    originalMessageId: originalMessageId(mail, classification),
    messageId: mail.messageId,
    inReplyTo: mail.inReplyTo,
    references: mail.references,
    from: mail.from?.email ?? null,
    subject: mail.subject,
    text: clean,
    quoted,
  };
}

const NOTHING_OWN = { ownMessageIdDomains: [], ownAddresses: [] };

function originalMessageId(mail: InboundMail, { kind }: Classification): string | null {
  const answered = mail.inReplyTo[0] ?? mail.references.at(-1) ?? null;
  const isReport = REPORTS.has(kind);
  return isReport ? (returnedMessageId(mail) ?? answered) : (answered ?? null);
}

const REPORTS: ReadonlySet<string> = new Set([
  "bounce",
  "bounce_delayed",
  "dsn_success",
  "complaint",
  "read_receipt",
  "challenge_response",
  "auto_reply",
]);

import type { InboundRecord } from "../../../adapters/d1/inbox.ts";
import { readInboundHtml } from "../../../adapters/mail/inbound-html.ts";
import { toTimestamp } from "../../../core/contract/common.ts";
import type { InboundMailEntry, InboundMailText } from "../../../core/contract/inbound.ts";
import { authOf } from "../../../core/mail/dkim/auth-of.ts";
import type { Classification } from "../../../core/mail/inbound.ts";

/** A mail that came in, as lists show it. */
export function showInbound(record: InboundRecord): InboundMailEntry {
  const isUnmatched = record.status === "unmatched";
  return {
    id: record.id,
    at: toTimestamp(record.at),
    mode: record.mode,
    status: record.status,
    enrollmentId: isUnmatched ? null : record.enrollmentId,
    suggestedEnrollmentId: isUnmatched ? record.enrollmentId : null,
    reason: record.reason,
    kind: record.kind,
    envelopeFrom: record.envelopeFrom,
    envelopeTo: record.envelopeTo,
    fromEmail: record.fromEmail,
    subject: record.subject,
    messageId: record.messageId,
    channel: record.reply.channel ?? "email",
    excerpt: record.excerpt,
    sizeBytes: record.sizeBytes,
  };
}

/** The same with its text, and its HTML from R2. */
export async function showInboundText(bodies: R2Bucket, record: InboundRecord): Promise<InboundMailText> {
  const { text, cleanText, quotedText, classification } = record.reply;
  return {
    ...showInbound(record),
    text,
    cleanText,
    quotedText,
    html: await readInboundHtml(bodies, record.rawKey).catch(notNow),
    classification: showClassification(classification),
    auth: authOf(record.reply),
  };
}

function showClassification(classification: Classification): InboundMailText["classification"] {
  const { kind, subtype, confidence, evidence, bounce, absence } = classification;
  return {
    kind,
    subtype,
    confidence,
    evidence: [...evidence],
    ...(bounce === undefined ? {} : { bounce: { ...bounce, recipients: [...bounce.recipients] } }),
    ...(absence === undefined ? {} : { absence: { ...absence } }),
  };
}

/** Its words are there without R2, and what was done to it is done. */
function notNow(error: unknown): null {
  console.error("the HTML of a mail could not be read; it is shown without", error);
  return null;
}

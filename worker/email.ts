import { sha256Hex, toHex } from "../adapters/crypto/bytes.ts";
import {
  enrollmentById,
  enrollmentByMessageId,
  type InboundRow,
  keepInbound,
  type MatchedEnrollment,
  markUnmatched,
  ownerOfAddresses,
} from "../adapters/d1/inbound-mail.ts";
import { parseInbound } from "../adapters/mail/parse-inbound.ts";
import { isOurReplyToken } from "../adapters/mail/reply-address.ts";
import type { InboundReply } from "../core/events.ts";
import { classifyInbound } from "../core/mail/classify.ts";
import type { Classification, InboundMail } from "../core/mail/inbound.ts";
import { matchCandidates } from "../core/mail/match.ts";
import { splitReply } from "../core/mail/reply-text.ts";
import { enrollmentStub } from "../durable-objects/stub.ts";

const RAW_BYTES_MAX = 25 * 1024 * 1024;
const EXCERPT_CHARACTERS = 200;
const TEXT_CHARACTERS_MAX = 100_000;
/** Every message of ours has an id of this form, whichever domain it goes out under. */
const OUR_MESSAGE_ID = /^<dh-[a-z2-7]{16}-/i;

/** The part of Cloudflare's ForwardableEmailMessage that we use. */
export type IncomingMail = Pick<ForwardableEmailMessage, "from" | "to" | "raw" | "rawSize" | "setReject">;

interface Match {
  readonly enrollment: MatchedEnrollment;
  readonly by: string;
  /** Only a valid token may act; everything else is a suggestion for a person. */
  readonly proven: boolean;
}

/**
 * Every mail that comes in: kept raw, parsed, matched, told to its enrollment. It throws on our own trouble, so that
 * the sender's server tries again, and rejects only by policy. What can't be proven is stored and listed as unmatched.
 */
export async function receiveMail(incoming: IncomingMail, env: Env, now: number): Promise<void> {
  if (incoming.rawSize > RAW_BYTES_MAX) {
    incoming.setReject("5.3.4 The message is larger than 25 MiB");
    return;
  }
  const raw = new Uint8Array(await new Response(incoming.raw).arrayBuffer());
  const mail = await parseInbound(raw, { from: incoming.from, to: incoming.to });
  const id = await inboundId(mail, raw);
  const match = await findMatch(env, mail);
  const classification = classify(mail, match);
  const owner = match === null ? await ownerOf(env, mail) : match.enrollment;
  const rawKey =
    match === null
      ? `${owner?.tenantId ?? "unassigned"}/inbound/${id}.eml`
      : `${match.enrollment.tenantId}/${match.enrollment.id}/${id}.eml`;
  await env.BODIES.put(rawKey, raw, { httpMetadata: { contentType: "message/rfc822" } });
  const reply = inboundReply(mail, id, now, classification, match, rawKey);
  const row: InboundRow = {
    id,
    tenantId: owner?.tenantId ?? null,
    mode: owner?.mode ?? "live",
    at: now,
    envelopeFrom: incoming.from,
    envelopeTo: incoming.to,
    fromEmail: mail.from?.email ?? null,
    subject: mail.subject,
    messageId: mail.messageId,
    status: match?.proven === true ? "matched" : "unmatched",
    enrollmentId: match?.enrollment.id ?? null,
    reason:
      match === null
        ? "nothing in it leads to an enrollment"
        : match.proven
          ? null
          : `it names an enrollment (${match.by}) but carries no valid reply token`,
    kind: classification.kind,
    excerpt: reply.cleanText.slice(0, EXCERPT_CHARACTERS),
    sizeBytes: raw.byteLength,
    rawKey,
    reply: JSON.stringify(reply),
  };
  await keepInbound(env.DB, row);
  if (match?.proven !== true) return;
  const answer = await enrollmentStub(env, match.enrollment.tenantId, match.enrollment.id).receive(reply);
  if (!answer.ok) await markUnmatched(env.DB, id, "the enrollment it belongs to has ended and was emptied");
}

/** The best hint that leads somewhere: a proven token first, then ids that only suggest. */
async function findMatch(env: Env, mail: InboundMail): Promise<Match | null> {
  let suggestion: Match | null = null;
  for (const candidate of matchCandidates(mail)) {
    const enrollment = await (candidate.by === "token"
      ? enrollmentById(env.DB, candidate.token.enrollmentId)
      : enrollmentByMessageId(env.DB, candidate.value));
    if (enrollment === null) continue;
    const proven = candidate.by === "token" && (await isOurReplyToken(env, enrollment.tenantId, candidate.token));
    if (proven) return { enrollment, by: "token", proven };
    suggestion ??= { enrollment, by: candidate.by, proven: false };
  }
  return suggestion;
}

function classify(mail: InboundMail, match: Match | null): Classification {
  if (mail.messageId !== null && OUR_MESSAGE_ID.test(mail.messageId))
    return { kind: "other", subtype: "own_mail", confidence: 0.99, evidence: ["own_message_id"] };
  const mailboxEmail = match?.enrollment.mailboxEmail;
  return classifyInbound(mail, {
    ownMessageIdDomains: [],
    ownAddresses: mailboxEmail == null ? [] : [mailboxEmail.toLowerCase()],
  });
}

async function ownerOf(env: Env, mail: InboundMail) {
  const emails = [mail.envelopeTo, ...mail.to.map((address) => address.email)].map((email) => email.toLowerCase());
  return ownerOfAddresses(
    env.DB,
    emails,
    emails.map((email) => email.slice(email.lastIndexOf("@") + 1)),
  );
}

function inboundReply(
  mail: InboundMail,
  id: string,
  at: number,
  classification: Classification,
  match: Match | null,
  rawKey: string,
): InboundReply {
  const parts = splitReply(mail.text);
  return {
    id,
    at,
    messageId: mail.messageId,
    inReplyTo: mail.inReplyTo,
    references: mail.references,
    from: mail.from?.email ?? null,
    to: mail.envelopeTo,
    subject: mail.subject,
    text: mail.text.slice(0, TEXT_CHARACTERS_MAX),
    cleanText: parts.clean.slice(0, TEXT_CHARACTERS_MAX),
    quotedText: parts.quoted.slice(0, TEXT_CHARACTERS_MAX),
    classification,
    matchedBy: match?.by ?? "none",
    tokenValid: match?.proven ?? false,
    rawKey,
  };
}

/** The same mail brought again (after our own trouble, or by two servers) has the same id. */
async function inboundId(mail: InboundMail, raw: Uint8Array): Promise<string> {
  const body = toHex(new Uint8Array(await crypto.subtle.digest("SHA-256", raw)));
  return `inb_${(await sha256Hex(`${mail.envelopeTo.toLowerCase()}|${mail.messageId ?? ""}|${body}`)).slice(0, 32)}`;
}

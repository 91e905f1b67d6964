import { type InboundRow, keepInbound } from "../adapters/d1/inbound-mail.ts";
import { comparable } from "../adapters/mail/ascii-domain.ts";
import { inboundId } from "../adapters/mail/inbound-id.ts";
import { parseInbound } from "../adapters/mail/parse-inbound.ts";
import type { InboundReply } from "../core/events.ts";
import { classifyInbound } from "../core/mail/classify.ts";
import type { DkimEvidence } from "../core/mail/dkim/verdict.ts";
import type { Classification, InboundMail } from "../core/mail/inbound.ts";
import { replyOf } from "../core/mail/reply/reply-of.ts";
import { authenticate } from "./email/authenticate.ts";
import { findMatch, type Match } from "./email/find-match.ts";
import { findOwner, isAnothers } from "./email/find-owner.ts";
import { handInboundOver, leaveUnmatched } from "./email/hand-inbound-over.ts";
import { matchBySender } from "./email/match-by-sender.ts";
import { receiveSelfTest } from "./email/receive-self-test.ts";
import { tellUnmatched } from "./email/tell-unmatched.ts";
import { unsubscribeByMail } from "./unsubscribe/by-mail.ts";

const RAW_BYTES_MAX = 25 * 1024 * 1024;
const EXCERPT_CHARACTERS = 200;
const TEXT_CHARACTERS_MAX = 100_000;
/** Every message of ours has an id of this form, whichever domain it goes out under. */
const OUR_MESSAGE_ID = /^<dh-[a-z2-7]{16}-/i;

/** See `buildMail`. */
const ENGINE_HEADER = "x-drafthook-ref";

/** The part of Cloudflare's ForwardableEmailMessage that we use. */
export type IncomingMail = Pick<ForwardableEmailMessage, "from" | "to" | "raw" | "rawSize" | "setReject">;

/**
 * Every mail that comes in: kept raw, parsed, matched, told to its enrollment. It throws on our own trouble, so that
 * the sender's server tries again, and rejects only by policy. What can't be proven is stored and listed as unmatched.
 * Answers as what it is kept; null for what isn't: a mail that was rejected, or one of a mailbox's own tests.
 */
export async function receiveMail(
  incoming: IncomingMail,
  env: Env,
  now: number,
): Promise<Pick<InboundRow, "id" | "status" | "kind"> | null> {
  if (incoming.rawSize > RAW_BYTES_MAX) {
    incoming.setReject("5.3.4 The message is larger than 25 MiB");
    return null;
  }
  const raw = new Uint8Array(await new Response(incoming.raw).arrayBuffer());
  const mail = await parseInbound(raw, { from: incoming.from, to: incoming.to });
  const auth = await authenticate(env, mail, raw, now);
  if (await receiveSelfTest(env, mail, auth, now)) return null;
  const unsubscribed = await unsubscribeByMail(env, mail, now);
  const answered = unsubscribed ?? (await ownMatch(env, mail, await findMatch(env, mail, auth)));
  const classification = aboutLead(classify(mail, answered, now), answered);
  const claimed = answered === null ? await findOwner(env, mail) : null;
  const match = answered ?? (claimed === null ? null : await matchBySender(env, claimed, mail, classification));
  const owner = match?.enrollment ?? claimed;
  const id = await inboundId(match?.proven === true ? match.enrollment.id : mail.envelopeTo, mail, raw);
  const rawKey =
    match === null
      ? `${owner?.tenantId ?? "unassigned"}/inbound/${id}.eml`
      : `${match.enrollment.tenantId}/${match.enrollment.id}/${id}.eml`;
  await env.BODIES.put(rawKey, raw, { httpMetadata: { contentType: "message/rfc822" } });
  const reply = inboundReply(mail, id, now, classification, match, auth, rawKey);
  const row: InboundRow = {
    id,
    tenantId: owner?.tenantId ?? null,
    mode: owner?.mode ?? "live",
    at: now,
    envelopeFrom: incoming.from === "<>" ? "" : incoming.from,
    envelopeTo: incoming.to,
    fromEmail: mail.from?.email ?? null,
    subject: mail.subject,
    messageId: mail.messageId,
    status: match?.proven === true ? "matched" : "unmatched",
    enrollmentId: match?.enrollment.id ?? null,
    reason: unmatchedReason(match, auth),
    kind: classification.kind,
    excerpt: reply.cleanText.slice(0, EXCERPT_CHARACTERS),
    sizeBytes: raw.byteLength,
    rawKey,
    reply: JSON.stringify(reply),
    // Who unsubscribed has said all that there is to say.
    handedOver: match?.proven === true && unsubscribed === null ? 0 : 1,
  };
  if (row.reason !== null) await tellUnmatched(env, row, row.reason);
  await keepInbound(env.DB, row);
  if (row.handedOver === 1 || match === null) return row;
  if (!(await handInboundOver(env, { id, enrollment: match.enrollment, reply }, now))) await leaveUnmatched(env, row);
  return row;
}

/** Null for a mail that is proven to be a certain enrollment's. */
function unmatchedReason(match: Match | null, { dkim, aligned }: DkimEvidence): string | null {
  if (match === null) return "nothing in it leads to an enrollment";
  if (match.proven) return null;
  if (match.by === "sender")
    return "it answers no message of ours, but it is a lead's and came to the mailbox that wrote to them";
  const signed = dkim === "pass" && aligned !== true ? "pass, by another domain" : dkim;
  return `it names an enrollment (${match.by}) but carries no valid reply token, and DKIM doesn't show that the lead wrote it (${signed})`;
}

/** A mail to another tenant's address is that one's, whatever messages it names: a lead may pass one tenant's mail on to another. */
async function ownMatch(env: Env, mail: InboundMail, match: Match | null): Promise<Match | null> {
  if (match === null || match.by === "token") return match;
  return (await isAnothers(env, mail.envelopeTo, match.enrollment.tenantId)) ? null : match;
}

/** That a copy of our message came back (Cc, Bcc) says nothing of the lead. */
function aboutLead(classification: Classification, match: Match | null): Classification {
  const recipients = classification.bounce?.recipients ?? [];
  const copies = [match?.enrollment.cc, match?.enrollment.bcc].flatMap((copy) =>
    copy == null ? [] : [comparable(copy)],
  );
  const isCopys = recipients.length > 0 && recipients.every((recipient) => copies.includes(comparable(recipient)));
  if (!isCopys) return classification;
  const evidence = [...classification.evidence, "a_copy_came_back"];
  return { ...classification, kind: "other", subtype: "copy_bounced", evidence };
}

function classify(mail: InboundMail, match: Match | null, now: number): Classification {
  const signs = engineSigns(mail);
  if (signs.length > 0) return { kind: "other", subtype: "own_mail", confidence: 0.99, evidence: signs };
  const mailboxEmail = match?.enrollment.mailboxEmail;
  const own = { ownMessageIdDomains: [], ownAddresses: mailboxEmail == null ? [] : [mailboxEmail.toLowerCase()] };
  return classifyInbound(mail, own, now);
}

/**
 * What says that a Drafthook sent this mail, this one or another. Two that answered each other would never end (threat T19).
 * The id may have been rewritten on the way; the header is put in by us and by no mail client.
 */
function engineSigns(mail: InboundMail): readonly string[] {
  return [
    ...(mail.messageId !== null && OUR_MESSAGE_ID.test(mail.messageId) ? ["own_message_id"] : []),
    ...(mail.headers[ENGINE_HEADER] === undefined ? [] : ["engine_header"]),
  ];
}

function inboundReply(
  mail: InboundMail,
  id: string,
  at: number,
  classification: Classification,
  match: Match | null,
  auth: DkimEvidence,
  rawKey: string,
): InboundReply {
  const parts = replyOf(mail);
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
    tokenValid: match?.by === "token" && match.proven,
    auth,
    rawKey,
  };
}

import { type AutoReplyScore, autoReplyScore } from "./auto-reply-signs.ts";
import { bounceSigns, deliveryOutcome } from "./bounce-signs.ts";
import type { Classification, InboundMail } from "./inbound.ts";
import { splitReply } from "./reply-text.ts";

/** What only the installation knows: by which domains and addresses a mail is told to be our own. All compared in lower case. */
export interface OwnMailFacts {
  /** Domains right of the `@` in the Message-IDs that we make. No person's mail client may use one of them. */
  readonly ownMessageIdDomains: readonly string[];
  /** The addresses that our mailboxes send from. */
  readonly ownAddresses: readonly string[];
}

/**
 * Tells a person's answer from everything else that comes back. Structure is asked first (reports, calendar), then our own
 * mail, then signs are weighed. Whatever isn't clearly automatic is `human`; below 0.8 someone should look.
 *
 * Subtypes: `auto_reply` ooo | auto_ack; `bounce` dsn | text; `other` complaint | read_receipt | calendar_reply |
 * calendar | delayed | delivered | own_mail | challenge | list; `human` null.
 */
export function classifyInbound(mail: InboundMail, facts: OwnMailFacts): Classification {
  const certain = byStructure(mail) ?? ownMail(mail, facts) ?? byBounceSigns(mail);
  if (certain !== null) return certain;
  // The start of a text is enough to know a machine by.
  const automatic = autoReplyScore(mail, splitReply(mail.text.slice(0, TEXT_CHARACTERS_MAX)).clean);
  return byAutoReplyScore(automatic) ?? listMail(mail) ?? human(mail, automatic);
}

/** The score from which a mail counts as automatic. */
const AUTO_REPLY_SCORE_MIN = 0.7;

const TEXT_CHARACTERS_MAX = 65_536;

function byStructure(mail: InboundMail): Classification | null {
  const types = mail.contentTypes;
  const root = types[0] ?? "";
  const report = root.includes("report-type=") ? root.slice(root.indexOf("report-type=") + 12) : null;
  if (types.includes("message/feedback-report") || report === "feedback-report") {
    return classified("other", "complaint", 0.98, ["feedback_report"]);
  }
  const isDeliveryReport =
    root.startsWith("multipart/report") && (mail.deliveryStatus !== null || report === "delivery-status");
  // In any other container the status part may be what a person forwarded, so it needs a second sign.
  if (isDeliveryReport || (mail.deliveryStatus !== null && bounceSigns(mail).length > 0)) {
    return deliveryReport(mail);
  }
  if (types.includes("message/disposition-notification") || report === "disposition-notification") {
    // A notification that a mail was refused unread goes by the rules for bounces.
    return bounceSigns(mail).includes("daemon_sender")
      ? null
      : classified("other", "read_receipt", 0.98, ["disposition_notification"]);
  }
  if (types.some((type) => type.endsWith("; method=reply"))) {
    return classified("other", "calendar_reply", 0.95, ["itip_reply"]);
  }
  if (types.some((type) => type.startsWith("text/calendar; method="))) {
    return classified("other", "calendar", 0.75, ["itip_other"]);
  }
  return null;
}

function deliveryReport(mail: InboundMail): Classification {
  const evidence = ["delivery_status"];
  switch (deliveryOutcome(mail)) {
    case "delayed":
      return classified("other", "delayed", 0.95, [...evidence, "action_delayed"]);
    case "delivered":
      return classified("other", "delivered", 0.95, [...evidence, "action_delivered"]);
    case "failed":
      return classified("bounce", "dsn", 0.98, [...evidence, "action_failed"]);
    case "unstated":
      return classified("bounce", "dsn", 0.85, evidence);
  }
}

function ownMail(mail: InboundMail, facts: OwnMailFacts): Classification | null {
  const from = mail.from?.email.toLowerCase();
  const messageIdDomain = mail.messageId?.split("@").at(-1)?.replace(/>$/, "").toLowerCase();
  const evidence = [
    ...(from !== undefined && includesLower(facts.ownAddresses, from) ? ["own_address"] : []),
    ...(messageIdDomain !== undefined && includesLower(facts.ownMessageIdDomains, messageIdDomain)
      ? ["own_message_id"]
      : []),
  ];
  return evidence.length === 0 ? null : classified("other", "own_mail", 0.95, evidence);
}

function byBounceSigns(mail: InboundMail): Classification | null {
  const signs = bounceSigns(mail);
  if (signs.length < 2 || !isFailureOfMachine(signs)) return null;
  const outcome = deliveryOutcome(mail);
  if (outcome === "delayed") return classified("other", "delayed", 0.85, signs);
  if (outcome === "delivered") return classified("other", "delivered", 0.85, signs);
  return classified("bounce", "text", signs.length > 2 ? 0.95 : 0.85, signs);
}

/** A person who writes about a bounce has its subject and its text, but neither its sender nor its headers. */
function isFailureOfMachine(signs: readonly string[]): boolean {
  const has = (sign: string): boolean => signs.includes(sign);
  if (has("failed_recipients_header") || has("auto_submitted")) return true;
  if (has("daemon_sender")) return has("failure_subject") || has("smtp_transcript");
  // Out-of-office mails have no sender either, and may quote anything.
  return has("null_sender") && (has("failure_subject") || (has("smtp_transcript") && has("returned_message")));
}

function byAutoReplyScore({ score, evidence, subtype }: AutoReplyScore): Classification | null {
  if (score < AUTO_REPLY_SCORE_MIN) return null;
  const confidence = Math.min(0.98, 0.65 + (score - AUTO_REPLY_SCORE_MIN) * 0.6);
  if (subtype === "challenge") return classified("other", "challenge", confidence, evidence);
  return classified("auto_reply", subtype, confidence, evidence);
}

/** A newsletter or list post. What answers a message of a thread may be a person behind a list, and stays human. */
function listMail(mail: InboundMail): Classification | null {
  const evidence = ["list-id", "list-unsubscribe", "list-post"].filter((name) => mail.headers[name] !== undefined);
  if (evidence.length === 0 || mail.inReplyTo.length > 0 || mail.references.length > 0) return null;
  if (/^(?:re|aw|sv|r|rif|odp)\s*:/i.test(mail.subject)) return null;
  return classified("other", "list", 0.85, evidence);
}

function human(mail: InboundMail, { score, evidence }: AutoReplyScore): Classification {
  const doubts = [...bounceSigns(mail), ...evidence];
  if (mail.text.trim() === "") doubts.push("no_text");
  if (mail.partial) doubts.push("partial");
  const confidence = doubts.length === 0 ? 0.95 : Math.max(0.5, 0.85 - 0.1 * (doubts.length - 1) - score * 0.4);
  return classified("human", null, confidence, doubts);
}

function classified(
  kind: Classification["kind"],
  subtype: string | null,
  confidence: number,
  evidence: readonly string[],
): Classification {
  return { kind, subtype, confidence: Math.round(confidence * 100) / 100, evidence };
}

function includesLower(values: readonly string[], wanted: string): boolean {
  return values.some((value) => value.toLowerCase() === wanted);
}

import { absenceOf } from "./classify/absence.ts";
import { type AutoReplyScore, autoReplyScore } from "./classify/auto-reply.ts";
import { bounceFacts } from "./classify/bounce-facts.ts";
import { challengeSigns, isGateKeeper } from "./classify/challenge.ts";
import { classified } from "./classify/classified.ts";
import { type OwnMailFacts, ownMailSigns } from "./classify/own-mail.ts";
import { wordsBesideAnswer } from "./classify/own-words.ts";
import { readReceiptSigns } from "./classify/read-receipt.ts";
import { deliveryOutcome, isReport, type Report, readReport } from "./classify/report.ts";
import { byStructure } from "./classify/structure.ts";
import { type UnsubscribeWish, unsubscribeSigns } from "./classify/unsubscribe-wish.ts";
import type { Classification, InboundMail } from "./inbound.ts";
import { replyOf } from "./reply/reply-of.ts";

/**
 * Tells a person's answer from everything else that comes back. Structure is asked first (reports, calendar), then our own
 * mail, then signs are weighed. Whatever isn't clearly automatic is `human`; below 0.8 someone should look. `receivedAt`
 * (milliseconds since the epoch) is the day from which "until Monday" counts where the mail has no Date of its own.
 */
export function classifyInbound(mail: InboundMail, facts: OwnMailFacts, receivedAt: number): Classification {
  const report = readReport(mail);
  const certain = byStructure(report) ?? ownMail(mail, facts);
  if (certain !== null && certain.kind !== "calendar_reply") return certain;
  // The start of a text is enough to know a machine by.
  const reply = replyOf({
    text: mail.text.slice(0, TEXT_CHARACTERS_MAX),
    html: mail.html?.slice(0, TEXT_CHARACTERS_MAX) ?? null,
  });
  const cleanText = reply.clean;
  if (certain !== null) return beside(certain, mail, cleanText);
  const at = mail.date ?? receivedAt;
  const automatic = autoReplyScore(mail, reply, at);
  const wish = unsubscribeSigns(mail, cleanText);
  return (
    bounce(report) ??
    challenge(mail, cleanText, automatic) ??
    readReceipt(mail) ??
    unsubscribe(wish, automatic) ??
    autoReply(mail, cleanText, automatic, at) ??
    listMail(mail) ??
    human(report, automatic, wish)
  );
}

/** An answer to an invitation, unless a person wrote into it: that is what counts then, and somebody looks at it. */
function beside(answer: Classification, mail: InboundMail, cleanText: string): Classification {
  const words = wordsBesideAnswer(mail, cleanText);
  if (words === "") return answer;
  const evidence = [...answer.evidence, "own_words"];
  const wish = unsubscribeSigns({ ...mail, subject: "" }, words);
  if (wish === null) return classified("human", null, BESIDE_CONFIDENCE, evidence);
  const kind = wish.confidence < SURE ? "human" : "unsubscribe";
  return classified(kind, null, wish.confidence, [...evidence, ...wish.evidence]);
}

const BESIDE_CONFIDENCE = 0.75;

/** The score from which a mail counts as automatic. */
const AUTO_REPLY_SCORE_MIN = 0.7;

const TEXT_CHARACTERS_MAX = 32_768;

function ownMail(mail: InboundMail, facts: OwnMailFacts): Classification | null {
  const signs = ownMailSigns(mail, facts);
  return signs.length === 0 ? null : classified("other", "own_mail", 0.95, signs);
}

function challenge(mail: InboundMail, cleanText: string, automatic: AutoReplyScore): Classification | null {
  const signs = challengeSigns(mail, cleanText, automatic.score);
  return signs.length === 0 ? null : classified("challenge_response", null, 0.85, signs);
}

function bounce(report: Report): Classification | null {
  const { mail, signs } = report;
  // Gate-keepers speak as mail daemons too, and put a part of our mail under it.
  if (!isReport(report) || isGateKeeper(mail)) return null;
  const outcome = deliveryOutcome(report);
  const kind = outcome === "failed" ? "bounce" : outcome === "delayed" ? "bounce_delayed" : "dsn_success";
  return { ...classified(kind, "text", signs.length > 2 ? 0.95 : 0.85, signs), bounce: bounceFacts(report, outcome) };
}

function readReceipt(mail: InboundMail): Classification | null {
  const signs = readReceiptSigns(mail);
  return signs.length === 0 ? null : classified("read_receipt", null, 0.85, signs);
}

function unsubscribe(wish: UnsubscribeWish | null, automatic: AutoReplyScore): Classification | null {
  if (wish === null || wish.confidence < SURE) return null;
  // An absence may hold such words by the way; a mail program that sends its person's wish has nothing but the wish.
  const isByTheWay = wish.evidence.includes("asks_to_stop") && automatic.score >= AUTO_REPLY_SCORE_MIN;
  return isByTheWay ? null : classified("unsubscribe", null, wish.confidence, wish.evidence);
}

/** Below it somebody looks: a doubtful wish is a person's mail, told with what made it doubtful. */
const SURE = 0.8;

function autoReply(
  mail: InboundMail,
  cleanText: string,
  { score, evidence, subtype }: AutoReplyScore,
  at: number,
): Classification | null {
  if (score < AUTO_REPLY_SCORE_MIN) return null;
  const confidence = Math.min(0.98, 0.8 + (score - AUTO_REPLY_SCORE_MIN) * 0.4);
  const absence = absenceOf(mail, cleanText, subtype, at);
  const result = classified("auto_reply", subtype, confidence, evidence);
  return absence === null ? result : { ...result, absence };
}

/** A newsletter or an invitation. What answers a message of a thread, or is posted to a list for talk, is a person's. */
function listMail(mail: InboundMail): Classification | null {
  if (mail.contentTypes.some((type) => type.includes("; method="))) {
    return classified("other", "calendar", 0.8, ["itip_other"]);
  }
  const evidence = ["list-id", "list-unsubscribe"].filter((name) => mail.headers[name] !== undefined);
  const isForTalk = /^(?!no\b)/i.test(mail.headers["list-post"]?.[0] ?? "no");
  if (evidence.length === 0 || isForTalk || mail.inReplyTo.length > 0 || mail.references.length > 0) return null;
  if (/^(?:re|aw|sv|r|rif|odp)\s*:/i.test(mail.subject)) return null;
  return classified("other", "list", 0.85, evidence);
}

function human(
  { mail, signs }: Report,
  { score, evidence }: AutoReplyScore,
  wish: UnsubscribeWish | null,
): Classification {
  const doubts = [...signs, ...evidence, ...(wish?.evidence ?? [])];
  if (mail.text.trim() === "") doubts.push("no_text");
  if (mail.partial) doubts.push("partial");
  const confidence = doubts.length === 0 ? 0.95 : Math.max(0.5, 0.85 - 0.1 * (doubts.length - 1) - score * 0.4);
  return classified("human", null, wish === null ? confidence : Math.min(confidence, wish.confidence), doubts);
}

import type { InboundMail } from "../inbound.ts";
import {
  ABSENCE,
  ABSENCE_SUBJECT,
  ACKNOWLEDGEMENT,
  ACKNOWLEDGEMENT_SUBJECT,
  AUTO_PREFIX,
  AWAY_PREFIX,
  DELEGATE,
  ENGAGEMENT,
  LEFT,
  NO_ACCESS,
  RETURN,
  SAYS_AUTOMATIC,
  SOON,
  THANKS,
} from "./auto-reply-lexicon.ts";
import { type AutoReplySubtype, autoReplySubtype } from "./auto-reply-subtype.ts";
import { hasMailClient } from "./mail-client.ts";
import { normalized } from "./plain-text.ts";

/** How surely a machine answered. `evidence` names the signs that added to the score. */
export interface AutoReplyScore {
  /** Sum of the weights, from 0; 0.7 is enough to call it automatic. */
  readonly score: number;
  /** The part of the score that headers gave. */
  readonly byHeader: number;
  readonly evidence: readonly string[];
  readonly subtype: AutoReplySubtype;
}

/**
 * Weighs the signs of an automatic answer. `reply` holds the text without its quote, since a quoted out-of-office is a
 * person's mail, and the quote; `at` (milliseconds since the epoch) is when it was written. Words alone never reach 0.7:
 * people say the same when they go on holiday. X-Auto-Response-Suppress counts nothing: Exchange sets it on mail that
 * people write.
 */
export function autoReplyScore(
  mail: InboundMail,
  reply: { readonly clean: string; readonly quoted: string },
  at: number,
): AutoReplyScore {
  const written = reply.clean.slice(0, TEXT_CHARACTERS_MAX);
  const text = normalized(written);
  const subject = normalized(mail.subject.slice(0, 200));
  const byHeader = headerSigns(mail);
  const ofSubject = subjectSigns(subject);
  const hasHeader = byHeader.some(({ weight }) => weight >= SURE_HEADER_WEIGHT_MIN);
  const hasMark = ofSubject.some(({ name }) => name === AUTO_SUBJECT);
  const isByPerson = hasMailClient(mail) || reply.quoted !== "";
  const ofText = textSigns(text, hasHeader ? "header" : hasMark ? "subject" : "none");
  const signs = [...byHeader, ...ofSubject, ...ofText];
  const isFormal = !isByPerson && isFormOfMachine([...byHeader, ...ofSubject], ofText);
  const score = Math.max(0, sumOf(signs));
  return {
    score: hasHeader || hasMark || isFormal ? score : Math.min(score, WORDS_ALONE_SCORE_MAX),
    byHeader: Math.max(0, sumOf(byHeader)),
    evidence: signs.filter((sign) => sign.weight > 0).map((sign) => sign.name),
    subtype: signs.some(({ name }) => name === "apple_vacation") ? "ooo" : autoReplySubtype(subject, written, at),
  };
}

/** Lists, redirections and no-reply addresses weigh less: people's mail goes through them too. */
const SURE_HEADER_WEIGHT_MIN = 0.45;

/** Below what makes a mail automatic: a person looks. */
const WORDS_ALONE_SCORE_MAX = 0.6;

interface Sign {
  readonly name: string;
  readonly weight: number;
}

const TEXT_CHARACTERS_MAX = 8_192;

function sumOf(signs: readonly Sign[]): number {
  return signs.reduce((sum, sign) => sum + sign.weight, 0);
}

function headerSigns(mail: InboundMail): Sign[] {
  const value = (name: string): string => mail.headers[name]?.[0]?.trim().toLowerCase() ?? "";
  const signs: Sign[] = [];
  const submitted = value("auto-submitted");
  if (/^auto-(?:replied|notified)/.test(submitted)) signs.push({ name: "auto_submitted_replied", weight: 1 });
  else if (submitted.startsWith("auto")) signs.push({ name: "auto_submitted_generated", weight: 0.75 });
  for (const name of AUTO_HEADERS) {
    const said = value(name);
    if (said !== "" && !/^(?:no|false|none|0)\b/.test(said))
      signs.push({ name: name.replaceAll("-", "_"), weight: 0.9 });
  }
  const precedence = [value("precedence"), value("x-precedence")];
  if (precedence.some((said) => /^auto[_-]?reply/.test(said)))
    signs.push({ name: "precedence_auto_reply", weight: 0.9 });
  else if (precedence.some((said) => /^(?:bulk|junk)/.test(said)))
    signs.push({ name: "precedence_bulk", weight: 0.25 });
  if (value("x-apple-action") === "vacation") signs.push({ name: "apple_vacation", weight: 0.9 });
  if (/vacation|autoreply|auto-?responder|out ?of ?office/.test(`${value("x-mailer")} ${value("user-agent")}`))
    signs.push({ name: "vacation_mailer", weight: 0.9 });
  // Rules also redirect and forward what people wrote, so these two can't decide alone.
  if (value("x-ms-exchange-inbox-rules-loop") !== "") signs.push({ name: "exchange_rules_loop", weight: 0.35 });
  if (/rules agent|oof/.test(value("x-ms-exchange-generated-message-source")))
    signs.push({ name: "exchange_rules_agent", weight: 0.3 });
  if ((mail.envelopeFrom === "" && mail.envelopeTo !== "") || value("return-path") === "<>")
    signs.push({ name: "null_sender", weight: 0.45 });
  if (/^(?:no|do[-_.]?not)[-_.]?reply|^auto-?(?:reply|responder|response)|^vacation[@+-]/i.test(mail.from?.email ?? ""))
    signs.push({ name: "no_reply_sender", weight: 0.3 });
  // Help desks mark what their agents write as generated: that is a person, unless something else speaks against it.
  if (HELP_DESK.test(value("x-mailer")) || mail.headers["x-zendesk-from-account-id"] !== undefined)
    signs.push({ name: "help_desk", weight: -0.3 });
  return signs;
}

const AUTO_HEADERS = [
  "x-autoreply",
  "x-autorespond",
  "x-autoresponder",
  "x-auto-reply",
  "x-autoreply-from",
  "x-autoreply-to",
  "x-autoreply-domain",
  "x-mail-autoreply",
  "x-autogenerated",
  "x-auto-generated",
  "x-auto-response",
  "x-autoresponse",
  "x-vacation",
  "x-out-of-office",
  "x-oof",
  "x-facebook-notify-auto",
  "x-cron-env",
  "auto-reply",
  "delivered-to-autoresponder",
  "x-qmail-vacation",
  "x-amavis-auto-reply",
];

const HELP_DESK = /zendesk|freshdesk|help ?scout|intercom|front(?:app)?\b|hubspot|kayako|groove|gorgias/;

function subjectSigns(subject: string): Sign[] {
  // "[Ticket 7] Automatic reply: …"
  const bracketed = /^\[([^\]]{0,30})\]\s?/.exec(subject);
  const bare = subject.slice(bracketed?.[0].length ?? 0);
  if (AUTO_PREFIX.test(bare) || AUTO_PREFIX.test(subject)) return [{ name: AUTO_SUBJECT, weight: 0.75 }];
  if (AWAY_PREFIX.test(bare) || ABSENCE_SUBJECT.test(bare)) return [{ name: "out_of_office_subject", weight: 0.5 }];
  // After a "Re:" it is somebody's answer to an automatic mail, except where machines put one there themselves.
  const inner = bare.replace(/^(?:re|aw|sv|antw|rif|odp|vs|res)\s?:\s?/, "");
  if (inner !== bare && (AUTO_PREFIX.test(inner) || AWAY_PREFIX.test(inner)))
    return [{ name: "re_auto_reply_subject", weight: 0.2 }];
  if (ACKNOWLEDGEMENT_SUBJECT.test(bare) || ACKNOWLEDGEMENT_SUBJECT.test(bracketed?.[1] ?? ""))
    return [{ name: "acknowledgement_subject", weight: 0.3 }];
  return [];
}

const AUTO_SUBJECT = "auto_reply_subject";

/** Enough parts of the formula, and nothing that only a person writes. */
function textSigns(text: string, markedBy: "header" | "subject" | "none"): Sign[] {
  if (text.trim() === "" || text.length > FORMULA_CHARACTERS_MAX) return [];
  const signs: Sign[] = [];
  if (SAYS_AUTOMATIC.test(text)) signs.push({ name: "says_automatic", weight: 0.45 });
  const found = FORMULA.filter(([, pattern]) => pattern.test(text)).map(([name]) => name);
  const core = found.filter((name) => name === "absence" || name === "left" || name === "acknowledgement");
  if (ENGAGEMENT.test(text)) {
    // Absences say "call me" too; what marks itself as one and speaks of nothing else is one.
    const isAutomatic = markedBy === "header" || (markedBy === "subject" && found.length >= 2 && core.length > 0);
    return isAutomatic ? signs : [...signs, { name: "engagement", weight: -0.35 }];
  }
  if (core.length > 0 && found.length >= 3) signs.push({ name: `formula_${found.join("+")}`, weight: 0.75 });
  else if (found.includes("absence")) signs.push({ name: "absence_text", weight: 0.25 });
  else if (core.length > 0) signs.push({ name: "acknowledgement_text", weight: 0.15 });
  return signs;
}

/**
 * Whether a mail without a sure header has the form that only a machine keeps to: a mark (a lesser header, a subject) and
 * the matter in its text, or the whole formula with a day of return, or its own word that it is automatic.
 */
function isFormOfMachine(marks: readonly Sign[], ofText: readonly Sign[]): boolean {
  const formula = ofText.find(({ name }) => name.startsWith("formula_"))?.name ?? "";
  const parts = formula === "" ? [] : formula.slice("formula_".length).split("+");
  const hasMatter = parts.length > 0 || ofText.some(({ name }) => name.endsWith("_text"));
  const hasMark = marks.some(({ name, weight }) => weight > 0 && name !== "re_auto_reply_subject");
  const isWhole = parts.length >= 4 && parts.includes("absence") && parts.includes("return_date");
  return (hasMark && hasMatter) || isWhole || (hasMatter && ofText.some(({ name }) => name === "says_automatic"));
}

/** Longer texts are letters. */
const FORMULA_CHARACTERS_MAX = 2_000;

const FORMULA: readonly (readonly [string, RegExp])[] = [
  ["thanks_for_mail", THANKS],
  ["absence", ABSENCE],
  ["left", LEFT],
  ["return_date", RETURN],
  ["no_access", NO_ACCESS],
  ["delegate", DELEGATE],
  ["acknowledgement", ACKNOWLEDGEMENT],
  ["soon_answer", SOON],
];

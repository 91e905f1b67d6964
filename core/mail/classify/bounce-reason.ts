import type { BounceReason } from "../inbound.ts";
import { reasonByStatus } from "./enhanced-status.ts";
import { normalized } from "./plain-text.ts";
import { reasonByWords } from "./smtp-reply-reasons.ts";

/** What is known of one failed recipient. */
export interface FailureWords {
  /** RFC 3463, as `5.1.1`; null where the report names none. */
  readonly status: string | null;
  /** The server's words: its diagnostic, or the lines that a report puts under the recipient. */
  readonly words: string;
  /** All that the report says, for where in the dialogue it happened. */
  readonly context: string;
}

/** What it means. */
export interface FailureVerdict {
  readonly class: "hard" | "soft" | "undecided";
  readonly isPermanent: boolean;
  readonly reason: BounceReason;
  readonly status: string | null;
}

/**
 * Why a recipient failed, and whether the address is dead. Words go before codes, since 5.1.1 is also what filters and
 * rate limits answer with; a code decides where the words don't.
 */
export function judgeFailure(failure: FailureWords): FailureVerdict {
  const words = withoutGloss(failure.words.slice(0, WORDS_CHARACTERS_MAX));
  const text = normalized(withoutNames(words));
  const status = (failure.words.startsWith(words) ? null : statusIn(words)) ?? failure.status ?? statusIn(words);
  const code = replyCode(words);
  const stage = stageOf(normalized(failure.context.slice(0, CONTEXT_CHARACTERS_MAX)));
  const reason = adjusted(reasonByWords(text), { status, code, stage, text });
  const isPermanent = isForGood(status, code, reason);
  const verdict = { isPermanent, reason, status };
  // What passes by itself isn't dead, whatever it is.
  if (reason === "unknown") return { ...verdict, class: isPermanent ? "undecided" : "soft" };
  return { ...verdict, class: DEAD.has(reason) && isPermanent ? "hard" : "soft" };
}

const WORDS_CHARACTERS_MAX = 2_000;
const CONTEXT_CHARACTERS_MAX = 4_000;

const DEAD: ReadonlySet<BounceReason> = new Set(["user_unknown", "domain_unknown", "domain_takes_no_mail", "moved"]);

/** Reasons that a generic sentence gives ("rejected", "not permitted"): a precise code knows better. */
const VAGUE: ReadonlySet<BounceReason> = new Set(["policy", "restricted", "server_error", "expired", "filtered"]);

interface Circumstances {
  readonly status: string | null;
  readonly code: number | null;
  readonly stage: Stage | null;
  readonly text: string;
}

function adjusted(byWords: BounceReason | null, { status, code, stage, text }: Circumstances): BounceReason {
  const byStatus = status === null ? null : reasonByStatus(status);
  // Microsoft's way to say that the organisation has no such address.
  if (status?.endsWith(".4.1") === true && text.includes("access denied")) return "user_unknown";
  if (status?.endsWith(".1.10") === true && byWords === "user_unknown") return "user_unknown";
  // With the code of an address that isn't there, inactive means closed for disuse.
  if (byWords === "mailbox_disabled" && byStatus === "user_unknown" && text.includes("inactive")) return byStatus;
  if (byWords === null || (VAGUE.has(byWords) && byStatus !== null && DEAD.has(byStatus))) {
    if (byStatus !== null) return stage === "before_recipient" && DEAD.has(byStatus) ? "blocked" : byStatus;
    return byWords ?? byCode(code, stage);
  }
  if (!DEAD.has(byWords)) return byWords;
  // Nobody has named the recipient yet, so what isn't known is the sender or its server.
  if (stage === "before_recipient") return "sender_rejected";
  if (byWords === "user_unknown") {
    // x.2.x says that there is such a mailbox; so does a server that took the recipient and refused the message.
    if (byStatus === "filtered" || byStatus === "mailbox_disabled") return "filtered";
    if (stage === "after_data" && byStatus !== "user_unknown") return "filtered";
    if (byStatus === "domain_takes_no_mail") return byStatus;
    // "User unknown" is what filters say as well; it counts with the code for it, at the recipient's turn, or in full.
    const isProven = byStatus === "user_unknown" || stage === "at_recipient" || STATEMENT.test(text);
    if (!isProven) return "filtered";
  }
  return byWords;
}

/** A sentence of a server that has looked into its directory. */
const STATEMENT = new RegExp(
  [
    "exist|not (?:be )?found|n't be found|not listed|(?:doesn't|does not|don't|do not) have|no longer|no (?:mailbox|mail box) (?:here )?(?:by|with|under|named)|notfound|requested (?:mail )?action|mailbox (?:is )?unavailable|mailbox not|customer|addressee|000c05a6|unknown local|local part|(?:recipient|virtual|mailbox|alias|user) [a-z ]{0,12}table|unrouteable|not in (?:the |our )?(?:directory|database)|unknown user ?:|said: 5\\d\\d|deleted|closed|delivery error: dd|illegal alias|not a (?:valid|known) (?:user|mailbox)|isn't",
    // In other languages a server speaks for itself, to its own users.
    "[^\\u0000-\\u007f]|inconnu|inexist|desconocid|sconosciut|desconhecid|onbekend|unbekannt|invalide|niet |nie ",
  ].join("|"),
  "u",
);

function byCode(code: number | null, stage: Stage | null): BounceReason {
  if (stage === "before_recipient") return "blocked";
  if (code === 421 || code === 450 || code === 451) return "network_error";
  if (code === 452 || code === 552) return "mailbox_full";
  return "unknown";
}

/** Without any code a report of failure is final, but for a line that was down. */
function isForGood(status: string | null, code: number | null, reason: BounceReason): boolean {
  if (status !== null && !status.endsWith(".0.0")) return status.startsWith("5");
  if (code !== null) return code >= 500;
  return status === null ? reason !== "network_error" : status.startsWith("5");
}

type Stage = "before_recipient" | "at_recipient" | "after_data";

/** How far the dialogue had come when the server refused, as mail servers word it. */
function stageOf(text: string): Stage | null {
  return STAGES.find(([, pattern]) => pattern.test(text))?.[0] ?? lastCommand(text);
}

const STAGES: readonly (readonly [Stage, RegExp])[] = [
  [
    "at_recipient",
    /in reply to rcpt|after (?:pipelined )?rcpt|for rcpt to|to rcpt to|our rcpt to|following rcpt|while accepting recipient|\[rcpt_to\]|smtp command -*rcpt|rejected recipient <|does not like recipient|\(state 1[34]\)|rcpt to response/u,
  ],
  [
    "after_data",
    /in reply to (?:end of )?data|after (?:end of )?data|after pipelined (?:end of )?data|failed after i sent the message|following data|\[(?:body|data)\]|smtp command -*data|our data|\(state 1[78]\)/u,
  ],
  [
    "before_recipient",
    /in reply to (?:mail|helo|ehlo|connect)|in reply to initial|after (?:pipelined )?(?:mail from|helo|ehlo|starttls|initial connection|auth)|for mail from|our (?:mail from|helo|ehlo)|does not like sender|\[mail_from\]|my name was rejected|refused to talk to me|connected to [^ ]+ but (?:my name|greeting failed|connection died|sender was rejected)/u,
  ],
];

/** Sendmail shows the dialogue: the last command of ours before the refusal. */
function lastCommand(text: string): Stage | null {
  let last: Stage | null = null;
  for (const [, command, code] of text.matchAll(/(?:>>> (rcpt|data|mail|helo|ehlo|bdat)\b)|(?:<<< ([45])\d\d)/gu)) {
    // With pipelining the recipient's refusal is shown under DATA; what follows tells it apart.
    if (code !== undefined) return last === "after_data" && NO_RECIPIENT_LEFT.test(text) ? "at_recipient" : last;
    if (command === "rcpt") last = "at_recipient";
    else last = command === "data" || command === "bdat" ? "after_data" : "before_recipient";
  }
  return null;
}

const NO_RECIPIENT_LEFT = /no valid recipients|need rcpt|need recipient|\.\.\. user unknown/u;

function statusIn(text: string): string | null {
  return /(?<![\d.])[45]\.\d{1,3}\.\d{1,3}(?![\d.]*\d)/.exec(text)?.[0] ?? null;
}

function replyCode(text: string): number | null {
  const found = /(?:^|[\s:;(#"'<=-])([45][0-5]\d)(?=[\s:;,)"'-]|$)/.exec(text)?.[1];
  return found === undefined ? null : Number(found);
}

/** Addresses and host names say nothing about a reason, but hold words like "spam", "unknown" and "full". */
/** IronPort and old SES put their gloss of the code before the reply itself: "5.1.0 - Unknown address error 550-'…'". */
function withoutGloss(text: string): string {
  return /^\s*[45]\.\d\.\d - [a-z ]{4,60} (\d{3}-?'[^\n]*)/i.exec(text)?.[1] ?? text;
}

function withoutNames(text: string): string {
  return text
    .replace(/<?[^\s<>@:;,]{1,128}@[^\s<>@:;,]{1,255}>?/g, "<>")
    .replace(/\[(?:[^\][\s]{1,120}|[\d.:]{7,40} [^\][\n]{0,60})\]/g, " ")
    .replace(/\b(?:host|connect to|talking to|with|server) [\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/gi, "host ")
    .replace(/-?\n\s*/g, " ");
}

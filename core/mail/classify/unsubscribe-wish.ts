import type { InboundMail } from "../inbound.ts";
import { normalized } from "./plain-text.ts";
import { isAsking, unsubscribeDoubts } from "./unsubscribe-doubts.ts";
import { BARE_WISH, INSTRUCTION, LIST_COMMAND, MENTION, UNSUBSCRIBE, WISH_SUBJECT } from "./unsubscribe-lexicon.ts";

/** A wish to get no more mail, by which signs, and how surely. */
export interface UnsubscribeWish {
  /** 0 to 1; below 0.8 it is a person's mail that somebody should look at. */
  readonly confidence: number;
  readonly evidence: readonly string[];
}

/**
 * Whether a person asks for no more mail of ours. `cleanText` is what was written now: quotes and footers are full of
 * "unsubscribe". Who only tells of it, asks about our own links or passes the word on, is a person with something to say:
 * a sentence must ask, and a long letter must ask at its start or its end. Who asks for less than silence, or for
 * something else as well, is doubted.
 */
export function unsubscribeSigns(mail: Pick<InboundMail, "subject">, cleanText: string): UnsubscribeWish | null {
  const text = cleanText.slice(0, TEXT_CHARACTERS_MAX);
  const sentences = sentencesOf(text);
  const words = sentences.join(" ");
  if (sentences.length > 0 && isBareWish(sentences)) return { confidence: 0.95, evidence: ["bare_wish"] };
  if (words.length <= SHORT_CHARACTERS_MAX && LIST_COMMAND.test(words))
    return { confidence: 0.95, evidence: ["list_command"] };
  const wish = wishOf(mail, sentences, words);
  const doubts = wish === null ? [] : unsubscribeDoubts(sentences);
  if (wish === null || doubts.length === 0) return wish;
  return { confidence: Math.min(wish.confidence, DOUBTED), evidence: [...wish.evidence, ...doubts] };
}

const DOUBTED = 0.7;

function wishOf(
  mail: Pick<InboundMail, "subject">,
  sentences: readonly string[],
  words: string,
): UnsubscribeWish | null {
  const subject = normalized(mail.subject.slice(0, 200)).trim();
  const bareSubject = subject.replace(/^(?:(?:re|aw|sv|antw|rif|odp|r|fwd?|tr|wg|vs|res)\s?:\s?)+/u, "");
  const isShort = words.length <= SHORT_CHARACTERS_MAX;
  const asking = askingSentences(sentences);
  const isAsked = (isShort && WISH_SUBJECT.test(bareSubject)) || PLAIN_WISH_SUBJECT.test(bareSubject);
  if (isAsked && bareSubject === subject && !isTold(words, asking))
    return { confidence: 0.95, evidence: ["wish_subject", ...(asking > 0 ? ["asks_to_stop"] : [])] };
  if (WISH_SUBJECT.test(bareSubject) && words.length <= SUBJECT_ALONE_CHARACTERS_MAX && !isTold(words, asking))
    return { confidence: 0.85, evidence: ["wish_subject"] };
  if (asking === 0) return null;
  return { confidence: isShort ? 0.95 : 0.85, evidence: ["asks_to_stop"] };
}

const TEXT_CHARACTERS_MAX = 6_000;
const SHORT_CHARACTERS_MAX = 400;
/** Under an answered "unsubscribe" a text of this length is a greeting and a name. */
const SUBJECT_ALONE_CHARACTERS_MAX = 60;
/** A name, a role and a telephone number. */
const SIGNATURE_CHARACTERS_MAX = 200;
/** In a longer text the wish must stand among so many sentences at its start or its end. */
const SENTENCES_AT_ENDS = 4;
const LONG_SENTENCES_MIN = 14;

/** Whether the words tell of unsubscribing rather than ask for it. */
function isTold(words: string, asking: number): boolean {
  return asking === 0 && (INSTRUCTION.test(words) || MENTION.test(words));
}

function sentencesOf(text: string): string[] {
  return text
    .split(/\n\s*\n|(?<=[.!?。！？])\s+|(?<=[。！？])|\n(?=[-*•>])/u)
    .map((sentence) => normalized(sentence).trim())
    .filter((sentence) => sentence !== "")
    .slice(0, 200);
}

/** "STOP", "unsubscribe please", "Hi, remove me. Thanks, Ann": the word, and around it nothing but manners. */
function isBareWish(sentences: readonly string[]): boolean {
  const first = sentences.find((sentence) => !MANNERS.test(sentence)) ?? "";
  const rest = sentences.filter((sentence) => sentence !== first && !MANNERS.test(sentence));
  if (!BARE_WISH.test(first)) return false;
  const below = rest.join(" ");
  // Under the plain word comes whatever a company puts under its mail.
  return PLAIN_WISH.test(first)
    ? !below.includes("?")
    : below.length <= SIGNATURE_CHARACTERS_MAX && !below.includes("?");
}

const PLAIN_WISH = new RegExp(`^(?:please |pls |kindly )?${UNSUBSCRIBE}(?: me)?(?: please| pls| now)?[.!]*$`);
const PLAIN_WISH_SUBJECT = new RegExp(
  `^(?:please )?(?:${UNSUBSCRIBE}(?: me| us)?(?: please| now)?|remove me|take me off(?: (?:your|this|the) (?:mailing )?list)?|opt[ -]?out)[.!]*$`,
);

const MANNERS =
  /^(?:(?:hi|hello|hey|dear|hallo|bonjour|hola|ciao|olá|guten tag|sehr geehrte|buongiorno|dzień dobry|thanks|thank you|thx|regards|best|cheers|danke|merci|gracias|grazie|obrigad[oa]|bedankt|dziękuję|ありがとう|谢谢|您好|你好|mit freundlichen|cordialement|saludos|saluti|groet)[^.!?]{0,30}[.!,]?)$/u;

function askingSentences(sentences: readonly string[]): number {
  const isLong = sentences.length >= LONG_SENTENCES_MIN;
  const asked = sentences.filter((sentence, index) => {
    if (isLong && index >= SENTENCES_AT_ENDS && index < sentences.length - SENTENCES_AT_ENDS) return false;
    return isAsking(sentence);
  });
  return asked.length;
}

import { normalized } from "./plain-text.ts";
import { BUSINESS, COMPLAINING_QUESTION, DENIAL, LIMIT, TOLD_OF_OTHERS } from "./unsubscribe-doubt-lexicon.ts";
import { INSTRUCTION, WISH } from "./unsubscribe-lexicon.ts";

/**
 * What speaks against a wish to get no more mail, though a sentence asks for it: `wish_quoted` or `wish_limited` where each
 * such sentence gives another's words or means a channel, a time, another address; `offers_business` or `asks_question`
 * where the rest wants something of us. With any of them a person should look. `sentences` are of `sentencesOf`.
 */
export function unsubscribeDoubts(sentences: readonly string[]): readonly string[] {
  const asking = sentences.filter((sentence) => isAsking(sentence));
  const rest = sentences.filter((sentence) => !asking.includes(sentence));
  const isAsked = asking.length > 0;
  const signs: readonly (readonly [string, boolean])[] = [
    ["wish_quoted", isAsked && asking.every(isOfOthers)],
    [
      "wish_limited",
      isAsked && !asking.every(isOfOthers) && asking.every((sentence) => isOfOthers(sentence) || LIMIT.test(sentence)),
    ],
    ["offers_business", rest.some((sentence) => BUSINESS.test(sentence) && !DENIAL.test(sentence))],
    ["asks_question", rest.some(isQuestion)],
  ];
  return signs.filter(([, holds]) => holds).map(([name]) => name);
}

/** Whether a sentence asks, and doesn't only say how to. */
export function isAsking(sentence: string): boolean {
  return WISH.test(sentence) && !INSTRUCTION.test(sentence);
}

function isOfOthers(sentence: string): boolean {
  return TOLD_OF_OTHERS.test(sentence) || !WISH.test(sentence.replace(QUOTATION, " "));
}

/** Several words, or some of a script without spaces, between quotation marks: a single word is a command. */
const QUOTATION =
  /["“”„«»「『][^"“”„«»「」『』]{0,100}[\s\u3040-\u9fff][^"“”„«»「」『』]{1,200}["“”«»」』]|(?<=^|\s)'[^']{1,100} [^']{1,200}'(?=$|[\s.,;:!?])/gu;

function isQuestion(sentence: string): boolean {
  if (!/[?？]["”»)]?$|か[。]?$/u.test(sentence) || COMPLAINING_QUESTION.test(sentence)) return false;
  const words = normalized(sentence).split(" ").length;
  return words >= QUESTION_WORDS_MIN || /[\u3040-\u9fff]{6}/u.test(sentence);
}

/** "OK?" and "Clear?" ask nothing. */
const QUESTION_WORDS_MIN = 3;

import { ABSENCE, ACKNOWLEDGEMENT, ACKNOWLEDGEMENT_SUBJECT, LEFT } from "./auto-reply-lexicon.ts";
import { normalized } from "./plain-text.ts";
import { statedReturnDate } from "./return-date.ts";

/** What an automatic answer is about: somebody is away for a time, our mail has arrived, or somebody has left for good. */
export type AutoReplySubtype = "ooo" | "auto_ack" | "left_company";

/**
 * The sort of an automatic answer. Who says that he comes back is away, whatever else he tells of colleagues and
 * addresses: taking him for gone loses him, the other way round he is only asked later. `subject` is normalized, `text`
 * as written; `at` as of `returnDate`.
 */
export function autoReplySubtype(subject: string, text: string, at: number): AutoReplySubtype {
  const sentences = text.split(SENTENCE_END).slice(0, SENTENCES_MAX);
  const all = normalized(text);
  const left = sentences.filter((sentence) => LEFT.test(normalized(sentence)));
  if (LEFT.test(subject) || left.length > 0 || LEFT.test(all)) {
    const rest = sentences.filter((sentence) => !left.includes(sentence)).join("\n");
    const isAway = isAbsence(rest) || statedReturnDate(rest, at) !== null;
    const isBoth = isAbsence(left.join("\n")) && statedReturnDate(left.join("\n"), at) !== null;
    return isAway || isBoth ? "ooo" : "left_company";
  }
  if (ABSENCE.test(all) || ABSENCE.test(subject)) return "ooo";
  return ACKNOWLEDGEMENT.test(`${subject} ${all}`) || ACKNOWLEDGEMENT_SUBJECT.test(subject) ? "auto_ack" : "ooo";
}

function isAbsence(text: string): boolean {
  return ABSENCE.test(normalized(text));
}

/** Not after "4." of a date. */
const SENTENCE_END = /(?<=[^\d\s][.!?])\s+|(?<=[。！？])|\n+/u;
const SENTENCES_MAX = 200;

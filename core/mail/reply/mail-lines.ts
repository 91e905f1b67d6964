/**
 * The lines of a mail and what its markup says of each: `quoted` and `signature` are containers that a client names,
 * `quote_start` is the first line under a client's mark "the mail before begins here". `open` is all else.
 */
export interface MailLines {
  /** As written. */
  readonly texts: readonly string[];
  /** The same lines for reading by rules: trimmed, hard spaces made soft, without the marks that no reader sees. */
  readonly bares: readonly string[];
  /** Null for plain text. */
  readonly places: readonly Place[] | null;
}

export type Place = "open" | "quoted" | "quote_start" | "signature";

/** The lines of plain text, whichever way they end. */
export function linesOfText(text: string): MailLines {
  const texts = text.replaceAll("\r\n", "\n").replaceAll("\r", "\n").split("\n");
  return { texts, bares: texts.map(bareLine), places: null };
}

/** A line as the rules read it. */
export function bareLine(line: string): string {
  if (line === "") return line;
  return (HIDDEN.test(line) ? line.replace(HARD_SPACES, " ").replace(HIDDEN_MARKS, "") : line).trim();
}

/** Directions, joiners and hard spaces, with which clients surround names, addresses and colons. */
const HIDDEN = /[\u00a0\u2007\u202f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/;
const HARD_SPACES = /[\u00a0\u2007\u202f]/g;
const HIDDEN_MARKS = /[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;

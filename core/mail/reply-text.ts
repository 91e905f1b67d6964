import { answerBeforeAttribution, attributionAt, isHeaderBlockAt, isSeparator } from "./quote-marks.ts";
import { splitSignature } from "./signature.ts";

/** The parts of the text of a reply; each without blank lines at its ends. */
export interface ReplyParts {
  /** What the person wrote now; also what stands between quotes. */
  readonly clean: string;
  readonly quoted: string;
  /** Signature, footer and lines of the device ("Sent from my iPhone"); null where there is none. */
  readonly signature: string | null;
}

/**
 * Splits the plain text of a reply into what was written now, what is quoted and the signature. A scanner of lines that
 * looks at most five lines ahead, so linear in the length whatever the input. In doubt text stays in `clean`: a quote too
 * much is a nuisance, a lost sentence is a lost answer.
 */
export function splitReply(text: string): ReplyParts {
  const lines = linesOf(text);
  const marks = markLines(lines);
  const own: string[] = [];
  const quoted: string[] = [];
  lines.forEach((line, index) => {
    (marks[index] === "quoted" ? quoted : own).push(line);
  });
  const { body, signature } = splitSignature(own);
  return { clean: joined(body), quoted: joined(quoted), signature: signature === null ? null : joined(signature) };
}

function linesOf(text: string): string[] {
  const given = text.replaceAll("\r\n", "\n").replaceAll("\r", "\n").split("\n");
  if (!/[\s-]on /i.test(text)) return given;
  const lines: string[] = [];
  given.forEach((line, index) => {
    const shared = answerBeforeAttribution(given, index);
    if (shared > 0) lines.push(line.slice(0, shared).replace(/[\s-]{1,20}$/, ""), line.slice(shared).trimStart());
    else lines.push(line);
  });
  return lines;
}

type Mark = "own" | "quoted";

function markLines(lines: readonly string[]): Mark[] {
  const marks: Mark[] = [];
  let hasOwnText = false;
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? "";
    if (isQuoteLine(line)) {
      marks.push("quoted");
      continue;
    }
    if (isBlank(line)) {
      marks.push("own");
      continue;
    }
    const mayOpenQuote = line.length >= QUOTE_OPENER_MIN;
    if (mayOpenQuote && (isSeparator(line) || isHeaderBlockAt(lines, index))) {
      // With nothing above it this is a forward, or an answer below: then all of it is kept.
      return fill(marks, lines.length, hasOwnText ? "quoted" : "own");
    }
    const attribution = mayOpenQuote ? attributionAt(lines, index) : null;
    if (attribution !== null) {
      const next = nextText(lines, index + attribution.lineCount);
      if (next !== null && !isQuoteLine(next) && hasOwnText) {
        // No `>` follows: a client that marks quotes in another way. All below is the mail before.
        return fill(marks, lines.length, "quoted");
      }
      if (attribution.isCertain || (next !== null && isQuoteLine(next))) {
        for (let count = 0; count < attribution.lineCount; count++) marks.push("quoted");
        index += attribution.lineCount - 1;
        continue;
      }
    }
    if (isTornQuote(lines, index, marks)) {
      marks.push("quoted");
      continue;
    }
    hasOwnText = true;
    marks.push("own");
  }
  return marks;
}

function fill(marks: Mark[], length: number, mark: Mark): Mark[] {
  while (marks.length < length) marks.push(mark);
  return marks;
}

function isQuoteLine(line: string): boolean {
  if (line.startsWith(">")) return true;
  return (line.startsWith(" ") || line.startsWith("\t")) && /^[ \t]{1,4}>/.test(line);
}

/** No mark of a quote is shorter than this; it spares most of the work on lines that an attacker repeats. */
const QUOTE_OPENER_MIN = 4;

/** Quotes are folded again on their way: the torn-off end of a long quoted line has no `>`. */
const FOLDED_LENGTH_MIN = 60;

function isTornQuote(lines: readonly string[], index: number, marks: readonly Mark[]): boolean {
  if (marks[index - 1] !== "quoted") return false;
  const before = lines[index - 1] ?? "";
  const after = lines[index + 1] ?? "";
  const line = lines[index] ?? "";
  if (!isQuoteLine(before)) return false;
  const tornUrl =
    before.lastIndexOf("(http") > before.lastIndexOf(")") || /^\s?\(https?:\/\/\S+\) >?$/.test(line.slice(0, 500));
  if (tornUrl) return true;
  return before.length >= FOLDED_LENGTH_MIN && (isQuoteLine(after) || isBlank(after)) && /^\p{Ll}/u.test(line);
}

function nextText(lines: readonly string[], from: number): string | null {
  // Bounded: more blank lines than this and the quote does not belong to the line above.
  for (let index = from; index < Math.min(lines.length, from + 8); index++) {
    const line = lines[index] ?? "";
    if (!isBlank(line)) return line;
  }
  return null;
}

function isBlank(line: string): boolean {
  return line === "" || line.trim() === "";
}

function joined(lines: readonly string[]): string {
  let start = 0;
  let end = lines.length;
  while (start < end && isBlank(lines[start] ?? "")) start++;
  while (end > start && isBlank(lines[end - 1] ?? "")) end--;
  return lines.slice(start, end).join("\n").trim();
}

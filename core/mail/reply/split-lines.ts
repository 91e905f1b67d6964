import { attributionAt, mayBeAttribution } from "./attribution.ts";
import { isHeaderBlockAt, isLabelledBlockAt, isRule, mayBeHeaderBlock } from "./header-block.ts";
import type { MailLines } from "./mail-lines.ts";
import { isGatewayBanner, isReplyAboveLine, isSeparator } from "./separator.ts";
import { signatureStart } from "./signature.ts";

/** The parts of a reply; each without blank lines at its ends. */
export interface ReplyParts {
  /** What the person wrote now; also what stands between quotes and under them. */
  readonly clean: string;
  readonly quoted: string;
  /** Signature, footer and lines of the device ("Sent from my iPhone"); null where there is none. */
  readonly signature: string | null;
}

/**
 * Splits the lines of a reply into what was written now, what is quoted and the signature. Looks a bounded number of lines
 * ahead, so it is linear in the length whatever the input. In doubt text stays in `clean`: a quote too much is a nuisance,
 * a lost sentence is a lost answer.
 */
export function splitLines(lines: MailLines): ReplyParts {
  const marks = markLines(lines);
  markSignatures(lines, marks);
  // Phones let people write into the box of their signature. An empty answer is the less likely reading.
  const hasSignatureBox = lines.places?.includes("signature") ?? false;
  if (hasSignatureBox && !marks.some((mark, index) => mark === "own" && lines.bares[index] !== "")) {
    return splitLines({
      ...lines,
      places: lines.places?.map((place) => (place === "signature" ? "open" : place)) ?? null,
    });
  }
  const parts: Record<Mark, string[]> = { own: [], quoted: [], signature: [] };
  let before: Mark = "own";
  for (let index = 0; index < marks.length; index++) {
    const mark = marks[index] ?? "own";
    const part = parts[mark];
    const isBlank = lines.bares[index] === "";
    // Where a quote was taken out, the empty lines above and below it are one.
    if (mark === "own" && before !== "own") {
      while (part.length > 1 && isEmpty(part.at(-1)) && isEmpty(part.at(-2))) part.pop();
      if (isBlank && isEmpty(part.at(-1))) continue;
    }
    // Empty lines open no part; those that part two of them stay with the words above.
    if (part.length > 0 || !isBlank) part.push(lines.texts[index] ?? "");
    before = mark;
  }
  const signature = joined(parts.signature);
  return { clean: joined(parts.own), quoted: joined(parts.quoted), signature: signature === "" ? null : signature };
}

function isEmpty(text: string | undefined): boolean {
  return (text ?? "").trim() === "";
}

function joined(texts: readonly string[]): string {
  return texts.join("\n").trim();
}

type Mark = "own" | "quoted" | "signature";

/** A signature ends where a quote begins: what stands under the quote is the person's again. */
function markSignatures(lines: MailLines, marks: Mark[]): void {
  let from = 0;
  for (let runs = 0; runs < RUNS_MAX && from < marks.length; runs++) {
    while (from < marks.length && (marks[from] !== "own" || lines.bares[from] === "")) from++;
    let end = from;
    let last = from;
    while (end < marks.length && marks[end] === "own") {
      if (lines.bares[end] !== "") last = end;
      end++;
    }
    if (end > from) {
      const start = from + signatureStart(lines.texts.slice(from, last + 1), { isFirst: runs === 0 });
      marks.fill("signature", start, last + 1);
    }
    from = end;
  }
}

/** Nobody answers between more quotes than this. */
const RUNS_MAX = 1_000;

/** Nobody's mail has more lines that look like the start of a quote; with the bound no sender can make each line costly. */
const COSTLY_LOOKS_MAX = 2_000;

function markLines(lines: MailLines): Mark[] {
  const marks = new Array<Mark>(lines.bares.length).fill("own");
  let hasOwnText = false;
  let looks = 0;
  for (let index = 0; index < marks.length; index++) {
    const bare = lines.bares[index] ?? "";
    if (bare === "") continue;
    const told = toldByMarks(lines, index, hasOwnText);
    if (told === "rest") return markRest(lines, marks, hasOwnText ? index : null);
    if (told !== null) {
      marks[index] = told;
      continue;
    }
    if (looks < COSTLY_LOOKS_MAX) {
      if (mayBeHeaderBlock(bare) || mayBeAttribution(bare)) looks++;
      const opening = openingAt(lines, index, hasOwnText);
      if (opening === "rest") return markRest(lines, marks, hasOwnText ? index : null);
      if (opening > 0) {
        marks.fill("quoted", index, index + opening);
        index += opening - 1;
        continue;
      }
    }
    if (isTornQuote(lines, index, marks)) marks[index] = "quoted";
    else hasOwnText = true;
  }
  return marks;
}

/** What the mark at its start or the box around it says of a line; `rest`: the mail before begins here. */
function toldByMarks(lines: MailLines, index: number, hasOwnText: boolean): Mark | "rest" | null {
  const { bares } = lines;
  const bare = bares[index] ?? "";
  const place = lines.places?.[index] ?? "open";
  if (place === "quoted") return startsRun(lines, index) && isSeparator(bare) ? "rest" : "quoted";
  if (isQuoteLine(lines, index)) return hasOwnText && isSeparator(bare) ? "rest" : "quoted";
  if (place === "signature" || (!hasOwnText && isGatewayBanner(bare))) return "signature";
  if (place === "quote_start" && (isLabelledBlockAt(bares, index) || isHeaderBlockAt(bares, index))) return "rest";
  return null;
}

/** How many lines at this one are an attribution or a mark above a quote; `rest`: the mail before begins here, and has no end. */
function openingAt(lines: MailLines, index: number, hasOwnText: boolean): number | "rest" {
  const { bares } = lines;
  const bare = bares[index] ?? "";
  if (mayBeHeaderBlock(bare) && isHeaderBlockAt(bares, index)) return "rest";
  if (isSeparator(bare)) return "rest";
  if (isReplyAboveLine(bare)) return hasOwnText ? "rest" : 1;
  const attribution = mayBeAttribution(bare) ? attributionAt(bares, index) : null;
  if (attribution === null) return 0;
  const next = nextTextIndex(bares, index + attribution.lineCount);
  if (next !== -1 && isQuoted(lines, next)) return attribution.lineCount;
  if (!attribution.isCertain) return 0;
  // No quote is marked below: a client that marks it in another way, or not. All below is the mail before.
  return hasOwnText ? "rest" : attribution.lineCount;
}

/** The mail before begins at `start`; null is for a forward with nothing above it, or an answer below: all of it is kept. */
function markRest(lines: MailLines, marks: Mark[], start: number | null): Mark[] {
  if (start === null) return marks;
  // The rule that a client draws above the block goes with it.
  let from = start;
  while (from > 0 && marks[from - 1] === "own" && isBlankOrRule(lines.bares[from - 1] ?? "")) from--;
  return marks.fill("quoted", from);
}

function isBlankOrRule(bare: string): boolean {
  return bare === "" || isRule(bare);
}

/** Whether this line is the first with text of its container. */
function startsRun(lines: MailLines, index: number): boolean {
  let before = index - 1;
  while (before >= 0 && before > index - 4 && lines.bares[before] === "") before--;
  return before < 0 || lines.places?.[before] !== "quoted";
}

function isQuoted(lines: MailLines, index: number): boolean {
  return lines.places?.[index] === "quoted" || isQuoteLine(lines, index);
}

function isQuoteLine(lines: MailLines, index: number): boolean {
  const bare = lines.bares[index] ?? "";
  if (!bare.startsWith(">") && !bare.startsWith("＞")) return false;
  if (bare.length === 1) return true;
  // Old mail stores put `>` before a "From " that opens a line; and ">>> look <<<" is an ornament.
  if (bare.startsWith(">From ") && !(lines.bares[index - 1] ?? "").startsWith(">")) return false;
  if (bare.startsWith(">>") && bare.endsWith("<<")) return false;
  return (lines.texts[index] ?? "").slice(0, 6).trimStart().startsWith(bare.charAt(0));
}

/** Quotes are folded again on their way: the torn-off end of a long quoted line has no `>`. */
const FOLDED_LENGTH_MIN = 60;

function isTornQuote(lines: MailLines, index: number, marks: readonly Mark[]): boolean {
  if (marks[index - 1] !== "quoted" || !isQuoteLine(lines, index - 1)) return false;
  const before = lines.texts[index - 1] ?? "";
  const bare = lines.bares[index] ?? "";
  const tornUrl =
    before.lastIndexOf("(http") > before.lastIndexOf(")") || /^\(https?:\/\/\S+\) >?$/.test(bare.slice(0, 500));
  if (tornUrl) return true;
  if (before.length < FOLDED_LENGTH_MIN || !/^[\p{Ll}\d]/u.test(bare)) return false;
  return isQuoteLine(lines, index + 1) || (lines.bares[index + 1] ?? "") === "";
}

function nextTextIndex(bares: readonly string[], from: number): number {
  // Bounded: more blank lines than this and the quote does not belong to the line above.
  for (let index = from; index < Math.min(bares.length, from + 8); index++) {
    if (bares[index] !== "") return index;
  }
  return -1;
}

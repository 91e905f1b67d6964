import { ATTRIBUTION_OPENERS, VERBS_AT_END, VERBS_INSIDE, WEAK_VERBS_AT_END } from "./attribution-words.ts";

/** An attribution line ("On … wrote:"), which clients fold over several lines. */
export interface Attribution {
  readonly lineCount: number;
  /** False when only a quote below makes it one. */
  readonly isCertain: boolean;
}

/** A cheap look, so that the costly one is taken only where it can succeed. */
export function mayBeAttribution(bare: string): boolean {
  return bare.length >= 6 && bare.length <= LINE_MAX && (endsOpen(bare) || mayContinue(bare));
}

/** The attribution that starts at this line, or null. Looks at six lines of 300 characters each. */
export function attributionAt(bares: readonly string[], index: number): Attribution | null {
  let text = "";
  let uncertain: Attribution | null = null;
  for (let count = 1; count <= LINES_MAX; count++) {
    const bare = bares[index + count - 1];
    if (bare === "" && count > 1 && isTornOff(bares[index + count])) continue;
    if (bare === undefined || bare === "" || bare.length > LINE_MAX) break;
    // Gmail tears `<address>` so that the closing bracket opens a line, which then looks like a quote.
    if (bare.startsWith(">") && text.lastIndexOf("<") <= text.lastIndexOf(">")) break;
    text = text === "" ? bare : `${text} ${bare}`;
    const judged = judge(text);
    if (judged === "certain") return { lineCount: count, isCertain: true };
    if (judged === "if_quoted") uncertain = { lineCount: count, isCertain: false };
    // A line that can't be the start of one is not worth joining with the next.
    if (count === 1 && !mayContinue(bare)) break;
  }
  return uncertain;
}

/**
 * How many characters at the start of this line are an answer that shares it with "On Wed, Apr 4, … wrote:" (old Yahoo,
 * and HTML that lost its line breaks); 0 for every other line.
 */
export function answerBeforeAttribution(bares: readonly string[], index: number): number {
  const bare = bares[index] ?? "";
  if (bare.length < 20 || bare.length > LINE_MAX || bare.startsWith(">")) return 0;
  const start = bare.search(SHARED_START);
  if (start < 1 || !/[^\s-]/.test(bare.slice(0, start))) return 0;
  const rest = [bare.slice(start).replace(/^[\s-]+/, ""), ...bares.slice(index + 1, index + LINES_MAX)];
  return attributionAt(rest, 0)?.isCertain ? start : 0;
}

const LINES_MAX = 6;
const LINE_MAX = 300;

function judge(text: string): "certain" | "if_quoted" | null {
  const lower = text.toLowerCase();
  const hasOpener = ATTRIBUTION_OPENERS.some((opener) => lower.startsWith(opener));
  if (!endsOpen(text)) {
    // The quoted words may share the line: "On … <a@b.example> wrote: Hi Sam".
    if (hasOpener && VERB_AFTER_ADDRESS.test(lower) && DATE.test(text)) return "certain";
    return VERB_WITHOUT_COLON.test(lower) && hasOpener && DATE.test(text) && ADDRESS.test(text) ? "if_quoted" : null;
  }
  const isDashed = /^[-–—_]{2,}/.test(text) && /[-–—_]{2,}$/.test(text);
  const endsInColon = COLON_AT_END.test(text);
  const bare = lower.replace(/^[-–—_*\s]+/, "").replace(/[-–—_*"'”»)\s:：]+$/u, "");
  const hasAddress = ADDRESS.test(bare);
  const hasDate = DATE.test(bare);
  const bareHasOpener = hasOpener || ATTRIBUTION_OPENERS.some((opener) => bare.startsWith(opener));
  if (!endsInColon && !isDashed) {
    // "2011/4/7 Ann <ann@example.com>" with nothing else, before a quote.
    return hasDate && /<[^<>\s]+@[^<>\s]+>$/.test(text) && /^[\d\p{L}]/u.test(text) && startsWithDate(bare)
      ? "if_quoted"
      : null;
  }
  if (WEAK_VERBS_AT_END.some((verb) => bare.endsWith(verb)))
    return hasDate && (MAILBOX.test(bare) || isDashed) ? "certain" : "if_quoted";
  // The closing bracket of "napisał(a)" is gone with the colon.
  if (VERBS_AT_END.some((verb) => bare.endsWith(verb.endsWith(")") ? verb.slice(0, -1) : verb))) {
    const namesSender = hasAddress && (hasDate || bareHasOpener || MAILBOX.test(bare) || bare.length < 60);
    const namesDay = hasDate && (bareHasOpener || startsWithDate(bare));
    return isDashed || namesSender || namesDay ? "certain" : "if_quoted";
  }
  if (isDashed && !endsInColon) return null;
  if (/^(?:quoting|zitat von|citando|citeren|citation de|quote from|cytowanie|citat) /.test(bare) && bare.length < 120)
    return hasAddress ? "certain" : "if_quoted";
  const words = ` ${bare.replaceAll(/[,;]/g, " ")} `;
  const hasVerb = VERBS_INSIDE.some((verb) => words.includes(verb.charCodeAt(0) > 0x2000 ? verb : ` ${verb} `));
  if (hasVerb && hasDate && (hasAddress || (bareHasOpener && text.length < 160))) return "certain";
  if (hasVerb && FULL_DATE.test(bare) && TIME.test(bare) && text.length < 160) return "certain";
  if (bareHasOpener && hasDate && MAILBOX.test(bare)) return "certain";
  // Any language: a date, then a mailbox in angle brackets, then a colon.
  if (hasDate && /[<[(][^<>[\]()]*@[^<>[\]()]*[>\])]+\s*[:：][*_\s]*$/u.test(text)) return "certain";
  if (hasVerb) return "if_quoted";
  return (hasDate && hasAddress) || (FULL_DATE.test(bare) && TIME.test(bare)) ? "if_quoted" : null;
}

/** Whether a line ends as an attribution does. Looks at its last character only. */
function endsOpen(line: string): boolean {
  return CLOSERS.has(line.charAt(line.length - 1));
}

const CLOSERS = new Set([":", "：", "-", "–", "—", ">", "*", "_"]);

const COLON_AT_END = /[:：]["”»*_\s)]{0,6}[-–—_]{0,80}$/u;

function mayContinue(line: string): boolean {
  if (line.includes("@") || line.endsWith("<") || DATE.test(line)) return true;
  const lower = `${line.slice(0, 24).toLowerCase()} `;
  return ATTRIBUTION_OPENERS.some((opener) => opener.endsWith(" ") && lower.startsWith(opener));
}

/** The end of an attribution that HTML put into a paragraph of its own: the bare address, or the verb. */
function isTornOff(bare: string | undefined): boolean {
  if (bare === undefined || bare.length > 120) return false;
  return /^<[^<>]+@/.test(bare) || (COLON_AT_END.test(bare) && bare.length < 20 && judge(bare) === "if_quoted");
}

function startsWithDate(bare: string): boolean {
  return /^[("[]?(?:\d|\p{L}{2,12}[.,]{0,2}\s{1,2}\d|\p{L}{2,12}[.,]{0,2}\s{1,2}\p{L}{2,12}[.,]{0,2}\s\d)/u.test(bare);
}

const ADDRESS = /[^\s@<("[\]]@[^\s@>)"[\]]/;
const MAILBOX = /[<[(][^<>[\]()\s]{1,200}@[^<>[\]()\s]{1,200}[>\])]/;

/** A year, a time of day, a day with a month, or an East Asian date. */
const DATE =
  /(?<!\d)(?:19|20|25)\d\d(?!\d)|(?<!\d)\d{1,2}[:.h]\d\d(?!\d)|(?<!\d)\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{1,2}\s?[月일日]/u;
const FULL_DATE = /(?<!\d)(?:19|20|25)\d\d(?!\d)|(?<!\d)\d{1,2}[./-]\s?\d{1,2}[./-]\s?\d{2,4}/u;
const TIME = /(?<!\d)\d{1,2}[:.h]\d\d(?!\d)/u;

const VERB_AFTER_ADDRESS =
  /[>\])](?:님이| \()?,?\s?(?:wrote|a écrit|schrieb|escribió|ha scritto|escreveu|schreef|napisał\(a\)|napisał|skrev|写道|のメール)\s?[:：]/u;
const VERB_WITHOUT_COLON = /\b(?:wrote|a écrit|schrieb|escribió|ha scritto|escreveu|schreef|pisze|skrev)$/u;

/** Where "On <day or month>" or its like begins inside a line, after a space or dashes. */
const SHARED_START =
  /[\s-](?:On (?:(?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\p{L}{0,6}\.?[ ,]|\d)|(?:Le|Am|El|Il|Em|Op|Den|W dniu) (?:\p{L}{2,12}\.?,? )?\d)/iu;

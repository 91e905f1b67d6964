/** Above this only an excerpt is parsed (settled.md, "Size"). */
const PARSED_BYTES_MAX = 10 * 1024 * 1024;

/** Lines that start with `--` may each open a part; the parser has no bound of its own for breadth (mail.md 0.7). */
const BOUNDARY_LINES_MAX = 1_000;

/**
 * The parser keeps an object for each line of undecoded text, about 0.3 KiB in workerd and ten times that in Node: 500,000
 * empty lines, half a megabyte of mail, would fill an isolate. Base64 of 10 MiB has 138,000 lines and still passes.
 */
const LINES_MAX = 150_000;

/**
 * The excerpt must pass every limit of the parser: 120 KiB of header and 120 KiB of body stay under its 256 KiB of
 * headers even if the body is nothing but part headers, and 24 boundaries cannot nest deeper than its 32.
 */
const EXCERPT_BYTES_MAX = 120 * 1024;
const EXCERPT_BOUNDARY_LINES_MAX = 24;
const EXCERPT_LINES_MAX = 5_000;

/** Whether a raw mail is too large, or has too many lines or parts, to be parsed as a whole. */
export function isMimeTooLarge(raw: Uint8Array): boolean {
  if (raw.byteLength > PARSED_BYTES_MAX) return true;
  return (
    startOfLine(raw, 0, LINES_MAX, isAnyLine) !== -1 || startOfLine(raw, 0, BOUNDARY_LINES_MAX, isBoundaryLine) !== -1
  );
}

/** The start of the headers and the start of the body of a raw mail, cut at line ends: at most 240 KiB. */
export function excerptOfMime(raw: Uint8Array): Uint8Array {
  const bodyStart = endOfHeaders(raw);
  const header = wholeLines(raw, 0, bodyStart);
  const cut = startOfLine(raw, bodyStart, EXCERPT_BOUNDARY_LINES_MAX, isBoundaryLine);
  const body = wholeLines(raw, bodyStart, cut === -1 ? raw.byteLength : cut);
  const excerpt = new Uint8Array(header.byteLength + EMPTY_LINE.length + body.byteLength);
  excerpt.set(header, 0);
  excerpt.set(EMPTY_LINE, header.byteLength);
  excerpt.set(body, header.byteLength + EMPTY_LINE.length);
  return excerpt;
}

/**
 * What stands after the headers, undecoded, without lines of MIME (`--boundary`, `Content-…:`): the last resort for a mail
 * whose structure is so broken that the parser finds no text in it. At most 120 KiB.
 */
export function undecodedText(raw: Uint8Array): string {
  const body = new TextDecoder().decode(wholeLines(raw, endOfHeaders(raw), raw.byteLength));
  const isMime = (line: string): boolean =>
    line.startsWith("--") || /^(?:content-[a-z-]{1,40}:|\s*(?:boundary|charset)=)/i.test(line);
  return body
    .split("\n")
    .filter((line) => !isMime(line))
    .join("\n")
    .trim();
}

/** The bytes of the body, without the line ends behind it: servers add and drop those. */
export function bodyOfMime(raw: Uint8Array): Uint8Array {
  let end = raw.byteLength;
  const start = endOfHeaders(raw);
  while (end > start && (raw[end - 1] === LF || raw[end - 1] === CR)) end -= 1;
  return raw.subarray(start, end);
}

const LF = 0x0a;
const CR = 0x0d;
const DASH = 0x2d;
const EMPTY_LINE = [CR, LF];

type LineTest = (raw: Uint8Array, lineStart: number) => boolean;

const isAnyLine: LineTest = () => true;
const isBoundaryLine: LineTest = (raw, lineStart) => raw[lineStart] === DASH && raw[lineStart + 1] === DASH;

/** Where the first line begins, from `from` on, that comes after `allowed` lines that pass the test; -1 when there is none. */
function startOfLine(raw: Uint8Array, from: number, allowed: number, isCounted: LineTest): number {
  let seen = 0;
  let lineStart = from;
  while (lineStart < raw.byteLength) {
    if (isCounted(raw, lineStart)) {
      if (seen === allowed) return lineStart;
      seen++;
    }
    const end = raw.indexOf(LF, lineStart);
    if (end === -1) return -1;
    lineStart = end + 1;
  }
  return -1;
}

/** Where the empty line after the headers begins; the end of the mail when there is none. */
function endOfHeaders(raw: Uint8Array): number {
  let lineStart = 0;
  while (lineStart < raw.byteLength) {
    if (raw[lineStart] === LF || (raw[lineStart] === CR && raw[lineStart + 1] === LF)) return lineStart;
    const end = raw.indexOf(LF, lineStart);
    if (end === -1) break;
    lineStart = end + 1;
  }
  return raw.byteLength;
}

/** As many whole lines of `raw` from `start` to `end` as fit into an excerpt; one endless line is cut where it must be. */
function wholeLines(raw: Uint8Array, start: number, end: number): Uint8Array {
  const tooManyLines = startOfLine(raw.subarray(0, end), start, EXCERPT_LINES_MAX, isAnyLine);
  const until = tooManyLines === -1 ? end : tooManyLines;
  const piece = raw.subarray(start, Math.min(until, start + EXCERPT_BYTES_MAX));
  if (start + piece.byteLength === until) return piece;
  const lastLine = piece.lastIndexOf(LF);
  return lastLine === -1 ? piece : piece.subarray(0, lastLine + 1);
}

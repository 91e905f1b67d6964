import { decodeEntities } from "./html-entities.ts";

/**
 * Turns the HTML of a mail into plain text: block elements become lines, `blockquote` becomes `> ` so that
 * `splitReply` sees quotes as it does in plain mail. Link targets are dropped. Made from strings alone (no HTMLRewriter,
 * no DOM), one pass, linear in the length whatever the input; never throws. The result is text, not safe HTML.
 */
export function htmlToText(html: string): string {
  const writer = new LineWriter();
  const lower = lowerAscii(html);
  const find = forwardFinder(lower);
  let quotesAreBalanced = true;
  let position = 0;
  while (position < html.length) {
    const open = html.indexOf("<", position);
    if (open === -1) break;
    writer.text(decodeEntities(html.slice(position, open)));
    if (lower.startsWith("<!--", open)) {
      position = after(find("-->", open + 4), 3, html.length);
      continue;
    }
    if (!isTagStart(lower.charCodeAt(open + 1))) {
      // No tag: the bracket is text, and so are those right after it.
      position = open + 1;
      while (html[position] === "<" && !isTagStart(lower.charCodeAt(position + 1))) position++;
      writer.text(html.slice(open, position));
      continue;
    }
    let end = quotesAreBalanced ? tagEnd(html, open) : -1;
    if (end === -1) {
      // One broken quote and we stop minding quotes, else each further `<` could cost a walk to the end.
      quotesAreBalanced = false;
      end = find(">", open);
    }
    if (end === -1) {
      writer.text(decodeEntities(html.slice(open)));
      return writer.finish();
    }
    const closing = lower[open + 1] === "/";
    const name = tagName(lower, open + (closing ? 2 : 1));
    position = end + 1;
    if (!closing && UNSEEN.has(name)) {
      const close = find(`</${name}`, position);
      position = close === -1 ? position : after(find(">", close), 1, html.length);
      continue;
    }
    writer.tag(name, closing);
  }
  writer.text(decodeEntities(html.slice(position)));
  return writer.finish();
}

/** Elements whose content no reader sees. */
const UNSEEN = new Set(["style", "script", "title", "template", "noscript", "object", "svg"]);

const PARAGRAPHS = new Set(["p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "table", "pre", "blockquote"]);
const LINES = new Set([
  ...["div", "tr", "li", "dt", "dd", "section", "article", "header", "footer", "address", "center", "form", "body"],
]);

/** Deeper quotes look the same; the bound keeps 100,000 nested ones from making each line 100,000 long. */
const QUOTE_DEPTH_MAX = 8;

/** Collects text as a browser would lay it out: white space folds, block elements end lines. */
class LineWriter {
  private readonly lines: string[] = [];
  private line: string[] = [];
  private lineIsEmpty = true;
  private spaceBefore = false;
  private blankBefore = false;
  private quoteDepth = 0;
  private preDepth = 0;

  text(text: string): void {
    if (this.preDepth > 0) {
      const rows = text.split("\n");
      rows.forEach((row, index) => {
        if (index > 0) this.breakLine();
        if (row !== "") this.put(row);
      });
      return;
    }
    for (const match of text.matchAll(/[^ \t\r\n\f]+|[ \t\r\n\f]+/g)) {
      const piece = match[0];
      if (/^[ \t\r\n\f]/.test(piece)) this.spaceBefore = true;
      else this.put(piece);
    }
  }

  tag(name: string, closing: boolean): void {
    if (name === "br") return this.breakLine();
    if (name === "hr") {
      this.endLine();
      this.put("________________________________");
      return this.endLine();
    }
    if (name === "td" || name === "th") {
      this.spaceBefore = true;
      return;
    }
    if (name === "li" && !closing) {
      this.endLine();
      this.put("- ");
      this.lineIsEmpty = false;
      return;
    }
    if (PARAGRAPHS.has(name)) this.endParagraph();
    else if (LINES.has(name)) this.endLine();
    if (name === "blockquote") this.quoteDepth = Math.max(0, this.quoteDepth + (closing ? -1 : 1));
    if (name === "pre") this.preDepth = Math.max(0, this.preDepth + (closing ? -1 : 1));
  }

  finish(): string {
    this.endLine();
    return this.lines.join("\n").trim();
  }

  private put(piece: string): void {
    if (this.lineIsEmpty) {
      // One empty line between paragraphs, marked as a quote only when both sides are.
      if (this.blankBefore && this.lines.length > 0) this.lines.push("");
      this.blankBefore = false;
    } else if (this.spaceBefore && this.preDepth === 0) {
      this.line.push(" ");
    }
    this.spaceBefore = false;
    this.lineIsEmpty = false;
    this.line.push(piece.replaceAll("\u00a0", " "));
  }

  private breakLine(): void {
    if (this.lineIsEmpty) {
      if (this.lines.length > 0 && this.lines.at(-1) !== "") this.lines.push("");
      return;
    }
    this.flush();
  }

  private endLine(): void {
    if (!this.lineIsEmpty) this.flush();
    this.spaceBefore = false;
  }

  private endParagraph(): void {
    this.endLine();
    this.blankBefore = this.lines.at(-1) !== "";
  }

  private flush(): void {
    const depth = Math.min(this.quoteDepth, QUOTE_DEPTH_MAX);
    const mark = depth > 0 ? `${">".repeat(depth)} ` : "";
    this.lines.push((mark + this.line.join("")).trimEnd());
    this.line = [];
    this.lineIsEmpty = true;
    this.spaceBefore = false;
  }
}

/** `indexOf` for a position that only moves forward; what was not found once is not looked for again. */
function forwardFinder(haystack: string): (needle: string, from: number) => number {
  const known = new Map<string, number>();
  return (needle, from) => {
    const last = known.get(needle);
    if (last !== undefined && (last === -1 || last >= from)) return last;
    const found = haystack.indexOf(needle, from);
    known.set(needle, found);
    return found;
  };
}

function after(found: number, length: number, end: number): number {
  return found === -1 ? end : found + length;
}

/** Where the tag that starts at `open` ends, minding `>` inside quoted attributes; -1 when a quote never closes. */
function tagEnd(html: string, open: number): number {
  let quote = "";
  for (let index = open + 1; index < html.length; index++) {
    const character = html.charAt(index);
    if (quote !== "") {
      if (character === quote) quote = "";
    } else if (character === ">") {
      return index;
    } else if ((character === '"' || character === "'") && html.charAt(index - 1) === "=") {
      quote = character;
    }
  }
  return -1;
}

function tagName(lower: string, from: number): string {
  let end = from;
  while (end - from < 20 && isNameCharacter(lower.charCodeAt(end))) end++;
  return lower.slice(from, end);
}

function isTagStart(code: number): boolean {
  return (code >= 97 && code <= 122) || code === 0x2f || code === 0x21 || code === 0x3f; // a letter, / ! ?
}

function isNameCharacter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57);
}

/** Lower case that never changes the length (`toLowerCase` makes two characters of some letters). */
function lowerAscii(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

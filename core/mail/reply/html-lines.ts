import { decodeEntities } from "../html-entities.ts";
import { type Container, containerOf } from "./html-containers.ts";
import { type HtmlTag, readHtml } from "./html-tags.ts";
import type { Place } from "./mail-lines.ts";

/** The lines of text as a browser would show them: two lists of the same length. */
export interface HtmlLines {
  readonly texts: readonly string[];
  readonly places: readonly Place[];
}

/**
 * The text of HTML, laid out as a browser would: white space folds, block elements end lines. Link targets and pictures are
 * dropped. With `quoteMarks` the lines of a `blockquote` of a mail before begin with `> `, as in plain mail. Linear in the
 * length whatever the input; never throws.
 */
export function linesOfHtml(html: string, { quoteMarks }: { readonly quoteMarks: boolean }): HtmlLines {
  const writer = new LineWriter(quoteMarks);
  readHtml(html, writer);
  return writer.finish();
}

const PARAGRAPHS: ReadonlySet<string> = new Set([
  ...["p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "table", "pre", "blockquote"],
]);
const LINES: ReadonlySet<string> = new Set([
  ...["div", "tr", "li", "dt", "dd", "section", "article", "header", "footer", "address", "center", "form", "body"],
  ...["tbody", "main", "details", "summary", "figure", "nav"],
]);
const VOID: ReadonlySet<string> = new Set(["br", "hr", "img", "input", "meta", "link", "wbr", "col", "area", "base"]);
/** Closed by `</name>` only where they are innermost: a stray end of one of these must not end a block. */
const INLINE: ReadonlySet<string> = new Set(["span", "font", "a", "b", "i", "u", "em", "strong", "small", "o", "p"]);

/** Deeper quotes look the same; the bound keeps 100,000 nested ones from making each line 100,000 long. */
const QUOTE_DEPTH_MAX = 8;

/** Browsers flatten what is nested deeper than a few hundred elements; so do we. */
const STACK_MAX = 200;

interface OpenElement {
  readonly name: string;
  readonly container: Container | null;
  /** Whether it still makes its text quoted. */
  quotes: boolean;
}

class LineWriter {
  private readonly texts: string[] = [];
  private readonly places: Place[] = [];
  private readonly stack: OpenElement[] = [];
  private tooDeep = 0;
  private line = "";
  private lineIsEmpty = true;
  private spaceBefore = false;
  private blankBefore = false;
  private quoteDepth = 0;
  private quoting = 0;
  private signing = 0;
  private preDepth = 0;
  private quoteStarts = false;
  private readonly quoteMarks: boolean;

  constructor(quoteMarks: boolean) {
    this.quoteMarks = quoteMarks;
  }

  readonly text = (raw: string): void => {
    const text = decodeEntities(raw);
    if (this.preDepth > 0) {
      text.split("\n").forEach((row, index) => {
        if (index > 0) this.breakLine();
        if (row !== "") this.put(row);
      });
      return;
    }
    if (!/[ \t\r\n\f]/.test(text)) return this.put(text);
    for (const match of text.matchAll(/[^ \t\r\n\f]+|[ \t\r\n\f]+/g)) {
      const piece = match[0];
      const first = piece.charCodeAt(0);
      if (first === 32 || (first >= 9 && first <= 13 && first !== 11)) this.spaceBefore = true;
      else this.put(piece);
    }
  };

  readonly open = (tag: HtmlTag): void => {
    const { name } = tag;
    if (name === "br" && tag.attributes.length < 4) return this.breakLine();
    const container = containerOf(tag);
    if (container !== null) this.endLine();
    if (container === "quote_start") this.quoteStarts = true;
    if (name === "br") return this.breakLine();
    if (name === "hr") return this.rule();
    // A paragraph ends where the next block begins; few clients close it.
    if (!INLINE.has(name) || name === "p") this.leaveTo(this.matching("p"));
    this.layOut(name, false);
    if (VOID.has(name)) return;
    if (this.stack.length >= STACK_MAX) {
      this.tooDeep++;
      return;
    }
    const quotes = container === "quoted" || container === "quoted_first";
    this.stack.push({ name, container, quotes });
    if (quotes) this.quoting++;
    if (container === "signature") this.signing++;
    if (name === "blockquote" && quotes) this.quoteDepth++;
    if (name === "pre") this.preDepth++;
  };

  readonly close = (name: string): void => {
    if (name === "br") return this.breakLine();
    if (VOID.has(name)) return;
    this.layOut(name, true);
    if (this.tooDeep > 0) {
      this.tooDeep--;
      return;
    }
    this.leaveTo(this.matching(name));
  };

  finish(): HtmlLines {
    this.endLine();
    return { texts: this.texts, places: this.places };
  }

  private leaveTo(depth: number): void {
    if (depth === -1) return;
    while (this.stack.length > depth) this.leave(this.stack.pop());
  }

  /** Where in the stack the element stands that a closing tag of this name ends; -1 where it ends none. */
  private matching(name: string): number {
    const isInline = INLINE.has(name);
    for (let index = this.stack.length - 1; index >= 0; index--) {
      const open = this.stack[index]?.name ?? "";
      if (open === name) return index;
      if (isInline && !INLINE.has(open)) return -1;
      // A cell is a room of its own: what is closed in it was opened in it.
      if ((open === "td" || open === "th") && !TABLE_PARTS.has(name)) return -1;
    }
    return -1;
  }

  private leave(element: OpenElement | undefined): void {
    if (element === undefined) return;
    if (element.container !== null) this.endLine();
    if (element.container === "signature") this.signing--;
    if (element.name === "pre") this.preDepth--;
    if (!element.quotes) return;
    this.quoting--;
    if (element.name !== "blockquote") return;
    this.quoteDepth--;
    for (let index = this.stack.length - 1; index >= 0; index--) {
      const outer = this.stack[index];
      if (outer === undefined || (outer.quotes && outer.container === "quoted")) return;
      if (!outer.quotes) continue;
      outer.quotes = false;
      this.quoting--;
    }
  }

  private layOut(name: string, closing: boolean): void {
    if (name === "td" || name === "th") {
      this.spaceBefore = true;
    } else if (name === "li" && !closing) {
      this.endLine();
      this.put(BULLET);
    } else if (PARAGRAPHS.has(name)) {
      this.endLine();
      this.blankBefore = this.isAfterText();
    } else if (LINES.has(name)) {
      this.endLine();
    }
  }

  private rule(): void {
    this.endLine();
    this.put(RULE);
    this.endLine();
  }

  private put(piece: string): void {
    if (this.lineIsEmpty) {
      // One empty line between paragraphs, marked as a quote only when both sides are.
      if (this.blankBefore) this.push("", "open");
      this.blankBefore = false;
    } else if (this.spaceBefore && this.preDepth === 0 && this.line !== BULLET) {
      this.line += " ";
    }
    this.spaceBefore = false;
    this.lineIsEmpty = false;
    this.line += piece;
  }

  private breakLine(): void {
    if (!this.lineIsEmpty) return this.flush();
    if (this.isAfterText()) this.push("", "open");
  }

  private endLine(): void {
    if (!this.lineIsEmpty) this.flush();
    this.spaceBefore = false;
  }

  private flush(): void {
    const text = (this.line.includes("\u00a0") ? this.line.replaceAll("\u00a0", " ") : this.line).trimEnd();
    const marks = this.quoteMarks && this.quoteDepth > 0 ? ">".repeat(Math.min(this.quoteDepth, QUOTE_DEPTH_MAX)) : "";
    this.push(marks === "" ? text : `${marks} ${text}`.trimEnd(), this.place(text));
    this.line = "";
    this.lineIsEmpty = true;
    this.spaceBefore = false;
  }

  private push(text: string, place: Place): void {
    this.texts.push(text);
    this.places.push(place);
  }

  private isAfterText(): boolean {
    return this.texts.length > 0 && this.texts[this.texts.length - 1] !== "";
  }

  private place(text: string): Place {
    if (this.quoting > 0) return "quoted";
    if (this.signing > 0) return "signature";
    if (!this.quoteStarts || text === "" || text === RULE) return "open";
    this.quoteStarts = false;
    return "quote_start";
  }
}

const BULLET = "- ";
const RULE = "________________________________";

const TABLE_PARTS: ReadonlySet<string> = new Set(["td", "th", "tr", "tbody", "table"]);

/** What `readHtml` tells of a document, in its order. */
export interface HtmlReader {
  /** Text between tags, its character references not yet decoded. */
  readonly text: (raw: string) => void;
  readonly open: (tag: HtmlTag) => void;
  /** A closing tag, by its lower-case name; it may have no opening one. */
  readonly close: (name: string) => void;
}

export interface HtmlTag {
  /** Lower case, at most 20 characters. */
  readonly name: string;
  /** What stands between the name and the `>`, at most 4,096 characters. */
  readonly attributes: string;
}

/**
 * Reads the tags and the text of HTML as it comes from mail clients, in one pass that only moves forward: linear in the
 * length whatever the input, and never throws. Comments and what no reader sees (styles, scripts) are left out.
 */
export function readHtml(html: string, reader: HtmlReader): void {
  const find = forwardFinder(html);
  let quotesAreBalanced = true;
  let position = 0;
  while (position < html.length) {
    const open = html.indexOf("<", position);
    if (open === -1) break;
    if (open > position) reader.text(html.slice(position, open));
    if (html.startsWith("<!--", open)) {
      position = after(find("-->", open + 4), 3, html.length);
      continue;
    }
    if (!isTagStart(html.charCodeAt(open + 1))) {
      // No tag: the bracket is text, and so are those right after it.
      position = open + 1;
      while (html[position] === "<" && !isTagStart(html.charCodeAt(position + 1))) position++;
      reader.text(html.slice(open, position));
      continue;
    }
    let end = quotesAreBalanced ? tagEnd(html, open) : -1;
    if (end === -1) {
      // One broken quote and we stop minding quotes, else each further `<` could cost a walk to the end.
      quotesAreBalanced = false;
      end = find(">", open);
    }
    if (end === -1) {
      position = open;
      break;
    }
    position = end + 1;
    if (html[open + 1] === "/") {
      reader.close(tagName(html, open + 2));
      continue;
    }
    const name = tagName(html, open + 1);
    if (UNSEEN.has(name)) {
      const close = closingTag(name, position, find);
      position = close === -1 ? position : after(find(">", close), 1, html.length);
      continue;
    }
    const attributesStart = open + 1 + name.length;
    if (name !== "")
      reader.open({ name, attributes: html.slice(attributesStart, Math.min(end, attributesStart + 4_096)) });
  }
  if (position < html.length) reader.text(html.slice(position));
}

/** The value of an attribute, as written; empty where the tag has none. Reads the attributes once, from left to right. */
export function attributeOf(tag: HtmlTag, wanted: string): string {
  const text = tag.attributes;
  let position = 0;
  while (position < text.length) {
    while (position < text.length && !isAttributeCharacter(text.charCodeAt(position))) position++;
    const start = position;
    while (position < text.length && isAttributeCharacter(text.charCodeAt(position))) position++;
    const name = text.slice(start, position);
    while (text[position] === " " || text[position] === "\n") position++;
    if (text[position] !== "=") continue;
    position++;
    while (text[position] === " " || text[position] === "\n") position++;
    const quote = text[position];
    const isQuoted = quote === '"' || quote === "'";
    const from = isQuoted ? position + 1 : position;
    const close = isQuoted ? text.indexOf(quote, from) : text.slice(from).search(/[\s>]/) + from;
    const end = close < from ? text.length : close;
    if (name.toLowerCase() === wanted) return text.slice(from, end);
    position = end + 1;
  }
  return "";
}

/** Elements whose content no reader sees. */
const UNSEEN: ReadonlySet<string> = new Set([
  ...["style", "script", "title", "template", "noscript", "object", "svg", "xml", "textarea", "select"],
]);

/** Finds as `indexOf` does, for a position that only moves forward; what was not found once is not looked for again. */
type Find = (needle: string, from: number) => number;

function forwardFinder(haystack: string): Find {
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

/** Where `</name` stands, in either case of letters. */
function closingTag(name: string, from: number, find: Find): number {
  const lower = find(`</${name}`, from);
  const upper = find(`</${name.toUpperCase()}`, from);
  const title = find(`</${name.charAt(0).toUpperCase()}${name.slice(1)}`, from);
  return [lower, upper, title].filter((found) => found !== -1).reduce((a, b) => (a === -1 ? b : Math.min(a, b)), -1);
}

/** Where the tag that starts at `open` ends, minding `>` inside quoted attributes; -1 when a quote never closes. */
function tagEnd(html: string, open: number): number {
  let index = open + 1;
  while (index < html.length) {
    const code = html.charCodeAt(index);
    if (code === 0x3e) return index;
    if ((code === 0x22 || code === 0x27) && html.charCodeAt(index - 1) === 0x3d) {
      index = html.indexOf(code === 0x22 ? '"' : "'", index + 1);
      if (index === -1) return -1;
    }
    index++;
  }
  return -1;
}

function tagName(html: string, from: number): string {
  let end = from;
  while (end - from < 20 && isNameCharacter(html.charCodeAt(end))) end++;
  return html.slice(from, end).toLowerCase();
}

function isTagStart(code: number): boolean {
  return isLetter(code) || code === 0x2f || code === 0x21 || code === 0x3f; // a letter, / ! ?
}

function isNameCharacter(code: number): boolean {
  return isLetter(code) || (code >= 48 && code <= 57);
}

function isAttributeCharacter(code: number): boolean {
  return isNameCharacter(code) || code === 0x2d || code === 0x3a || code === 0x5f;
}

function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
}

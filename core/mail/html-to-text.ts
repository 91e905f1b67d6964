import { linesOfHtml } from "./reply/html-lines.ts";

/**
 * Turns the HTML of a mail into plain text: block elements become lines, a `blockquote` of a mail before becomes `> ` as it
 * is in plain mail. Link targets are dropped. Made from strings alone (no HTMLRewriter, no DOM), one pass, linear in the
 * length whatever the input; never throws. The result is text, not safe HTML. To split a reply use `splitHtmlReply`, which
 * sees more.
 */
export function htmlToText(html: string): string {
  return linesOfHtml(html, { quoteMarks: true }).texts.join("\n").trim();
}

import { linesOfHtml } from "./html-lines.ts";
import { bareLine } from "./mail-lines.ts";
import { type ReplyParts, splitLines } from "./split-lines.ts";

/**
 * Splits the HTML of a reply as `splitReply` does its text, and knows the boxes that mail clients draw around a quote, an
 * attribution and a signature. The parts are text, not safe HTML. Linear in the length whatever the input; never throws.
 */
export function splitHtmlReply(html: string): ReplyParts {
  const { texts, places } = linesOfHtml(html, { quoteMarks: false });
  return splitLines({ texts, bares: texts.map(bareLine), places });
}

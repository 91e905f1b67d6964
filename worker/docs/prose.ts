import { html, raw } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";

/** A piece of a page, escaped where it came from data. */
export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

/** Text of a description as HTML: escaped, `code` between backticks, a blank line between paragraphs. */
export function prose(text: string | undefined): Html {
  if (text === undefined || text === "") return raw("");
  return html`${text.split(/\n{2,}/).map((paragraph) => html`<p>${inline(paragraph)}</p>`)}`;
}

/** One line of text: escaped, `code` between backticks. */
export function inline(text: string): Html {
  return html`${text.split("`").map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part))}`;
}

import { splitReply } from "../reply-text.ts";
import { splitHtmlReply } from "./html-reply.ts";
import type { ReplyParts } from "./split-lines.ts";

/**
 * The parts of a reply from whichever of its two forms tells them better; at most `CHARACTERS_MAX` characters of each are
 * read. The text is taken as its writer's client laid it out, unless it is missing or the boxes of the HTML say that less
 * of it, or something else, is new: clients mark a quote in HTML always, in text not always.
 */
export function replyOf(mail: { readonly text: string; readonly html: string | null }): ReplyParts {
  const ofText = splitReply(mail.text.slice(0, CHARACTERS_MAX));
  if (mail.html === null || mail.html.trim() === "") return ofText;
  const ofHtml = splitHtmlReply(mail.html.slice(0, CHARACTERS_MAX));
  if (isBlank(ofText)) return ofHtml;
  if (ofHtml.quoted === "" && ofHtml.signature === null) return ofText;
  return sameWords(ofText.clean, ofHtml.clean) ? ofText : ofHtml;
}

/** As `parseInbound` keeps. */
const CHARACTERS_MAX = 1_000_000;

function isBlank(parts: ReplyParts): boolean {
  return parts.clean === "" && parts.quoted === "" && parts.signature === null;
}

/** Links and stars in the text form, alternative texts in the other: the two are never the same to the letter. */
function sameWords(text: string, other: string): boolean {
  const lengths = [text, other].map((side) => side.replace(/<?https?:\S+|[^\p{L}\p{N}]+/gu, "").length);
  const [shorter, longer] = [Math.min(...lengths), Math.max(...lengths)];
  return longer - shorter <= 20 || shorter > longer * 0.85;
}

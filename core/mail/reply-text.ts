import { answerBeforeAttribution } from "./reply/attribution.ts";
import { bareLine, linesOfText, type MailLines } from "./reply/mail-lines.ts";
import { withoutPgpArmour } from "./reply/pgp-armour.ts";
import { type ReplyParts, splitLines } from "./reply/split-lines.ts";

/**
 * Splits the plain text of a reply into what was written now, what is quoted and the signature. A scanner of lines that is
 * linear in the length whatever the input; never throws.
 */
export function splitReply(text: string): ReplyParts {
  return splitLines(withSharedLinesParted(linesOfText(withoutPgpArmour(text))));
}

/** Parts the lines that an answer shares with the attribution below it. */
function withSharedLinesParted(lines: MailLines): MailLines {
  const shared: [index: number, length: number][] = [];
  for (let index = 0; index < lines.bares.length && shared.length < SHARED_LINES_MAX; index++) {
    const bare = lines.bares[index] ?? "";
    if (bare.length < 20 || !bare.includes("@")) continue;
    const length = answerBeforeAttribution(lines.bares, index);
    if (length > 0) shared.push([index, length]);
  }
  if (shared.length === 0) return lines;
  const texts = [...lines.texts];
  for (const [index, length] of shared.reverse()) {
    const bare = lines.bares[index] ?? "";
    texts.splice(
      index,
      1,
      bare.slice(0, length).replace(/[\s-]{1,20}$/, ""),
      bare.slice(length).replace(/^[\s-]+/, ""),
    );
  }
  return { texts, bares: texts.map(bareLine), places: null };
}

/** Real mail has one; the bound keeps an attacker's many from costing more than their length. */
const SHARED_LINES_MAX = 20;

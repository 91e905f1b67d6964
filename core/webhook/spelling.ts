/** Any character as URLs, JSON (also inside JSON) and HTML may write it, and as quoted-printable does; for a pattern with the flag i. */
const IN_TEXT = String.raw`%(?:25){0,3}[0-9a-f]{2}|\\{1,8}(?:x|u00)[0-9a-f]{2}|&#(?:x0{0,4}[0-9a-f]{2}|0{0,4}[0-9]{2,3});`;
const IN_MAIL = "=[0-9a-f]{2}";
export const ESCAPED = `(?:${IN_TEXT}|${IN_MAIL})`;

/** What UTF-16 and UTF-32 put beside each character of ASCII. */
const NULS = String.raw`\0+`;

/** A text as a reader may take it: escapes undone, ASCII in lower case. `sourceAt` leads back to the text itself. */
export interface Reading {
  readonly plain: string;
  /** In order: from this place of `plain` on the two run side by side, up to the next mark. */
  readonly marks: readonly { readonly plain: number; readonly source: number }[];
}

/** The text as it is, and with each way of escaping undone; apart, since what is an escape in the one is plain in the other: `?token=0f…`. */
export function readings(text: string): readonly Reading[] {
  return [NULS, `${IN_TEXT}|${NULS}`, String.raw`${IN_MAIL}|=\r?\n|${NULS}`].map((escapes) => read(text, escapes));
}

/** The place in the text of a place in `plain`. */
export function sourceAt({ marks }: Reading, place: number): number {
  let [low, high] = [0, marks.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((marks[middle]?.plain ?? 0) <= place) low = middle;
    else high = middle - 1;
  }
  const mark = marks[low] ?? { plain: 0, source: 0 };
  return mark.source + place - mark.plain;
}

function read(text: string, escapes: string): Reading {
  const marks: { readonly plain: number; readonly source: number }[] = [{ plain: 0, source: 0 }];
  let plain = "";
  let source = 0;
  for (const match of text.matchAll(new RegExp(escapes, "gi"))) {
    plain += text.slice(source, match.index);
    marks.push({ plain: plain.length, source: match.index });
    plain += meaning(match[0]);
    source = match.index + match[0].length;
    marks.push({ plain: plain.length, source });
  }
  plain += text.slice(source);
  // Only ASCII: other letters may have another length in lower case, and the places would be off.
  return { plain: plain.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase()), marks };
}

function meaning(escaped: string): string {
  if (/^[\0=][\0\r\n]*$/.test(escaped)) return "";
  const decimal = /^&#(\d+);$/.exec(escaped)?.[1];
  const hex = /([0-9a-f]{2});?$/i.exec(escaped)?.[1] ?? "";
  return String.fromCharCode(decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal));
}

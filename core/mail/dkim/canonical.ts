/** How a text is made the same before it is hashed (RFC 6376 section 3.4). */
export type Canonicalization = "simple" | "relaxed";

/** A header field (see HeaderField.text) in its canonical form, without the line end behind it. */
export function canonicalField(text: string, how: Canonicalization): string {
  if (how === "simple") return text;
  const colon = text.indexOf(":");
  // Runs first, ends second: the other way round a long run in the middle is tried again from each of its characters.
  const value = text.slice(colon + 1).replace(/(?:\r\n|[ \t])+/g, " ");
  return `${text.slice(0, colon).trim().toLowerCase()}:${withoutOuterSpace(value)}`;
}

/**
 * The body in its canonical form: CRLF line ends, none of the empty lines at its end, and for `relaxed` no white space
 * at the ends of lines and one space for each run of it within them.
 */
export function canonicalBody(body: Uint8Array, how: Canonicalization): Uint8Array<ArrayBuffer> {
  const reduces = how === "relaxed";
  const bytes = new Uint8Array(body.length + bareLineFeeds(body) + 2);
  let length = 0;
  let isInLine = false;
  let isAfterReturn = false;
  // Seen and not written: they count only if something comes behind them.
  let hasSpace = false;
  let emptyLines = 0;

  function write(byte: number): void {
    if (!isInLine) for (; emptyLines > 0; emptyLines--) endLine();
    if (hasSpace) bytes[length++] = SPACE;
    bytes[length++] = byte;
    isInLine = true;
    hasSpace = false;
  }
  function endLine(): void {
    bytes[length++] = CR;
    bytes[length++] = LF;
  }

  for (let index = 0; index < body.length; index++) {
    const byte = body[index] ?? 0;
    if (byte > SPACE && isInLine && !hasSpace && !isAfterReturn) {
      bytes[length++] = byte; // which is nearly all that there is
      continue;
    }
    if (byte === LF) {
      if (isInLine) endLine();
      else emptyLines++;
      isInLine = false;
      hasSpace = false;
    } else {
      // A carriage return that ends no line is a sign like any other.
      if (isAfterReturn) write(CR);
      if (reduces && (byte === SPACE || byte === TAB)) hasSpace = true;
      else if (byte !== CR) write(byte);
    }
    isAfterReturn = byte === CR;
  }
  if (isAfterReturn) write(CR);
  if (isInLine) endLine();
  // An empty body is one empty line to `simple` and nothing to `relaxed` (sections 3.4.3 and 3.4.4).
  if (length === 0 && !reduces) endLine();
  return bytes.subarray(0, length);
}

const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const TAB = 0x09;

/** Each of them becomes two bytes. */
function bareLineFeeds(body: Uint8Array): number {
  let count = 0;
  for (let index = 0; index < body.length; index++) if (body[index] === LF && body[index - 1] !== CR) count++;
  return count;
}

function withoutOuterSpace(value: string): string {
  return value.slice(value.startsWith(" ") ? 1 : 0, value.length > 1 && value.endsWith(" ") ? -1 : undefined);
}

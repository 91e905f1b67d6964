/**
 * The tags of a tag list (RFC 6376 section 3.2): names as they are written, values without the white space around them.
 * Null where the text is no such list, has a name twice or is longer than 16,384 characters.
 */
export function parseTags(text: string): ReadonlyMap<string, string> | null {
  if (text.length > CHARACTERS_MAX) return null;
  const pieces = text.split(";");
  if (pieces.at(-1)?.trim() === "") pieces.pop();
  const tags = new Map<string, string>();
  for (const piece of pieces) {
    const equals = piece.indexOf("=");
    const name = piece.slice(0, Math.max(equals, 0)).trim();
    if (!/^[a-z][a-z0-9_]*$/i.test(name) || tags.has(name)) return null;
    tags.set(name, piece.slice(equals + 1).trim());
  }
  return tags;
}

/** The parts of a value that is a list with colons, in lower case; the one word of a value that has none. */
export function listOf(value: string): string[] {
  return value.split(":").map((part) => part.trim().toLowerCase());
}

/** The value without the white space that base64 may be folded with. */
export function withoutSpace(value: string): string {
  return value.replace(/[ \t\r\n]+/g, "");
}

/** Whether a value is base64 and not empty. */
export function isBase64(value: string): boolean {
  return value.length % 4 === 0 && /^[a-z0-9+/]+={0,2}$/i.test(value);
}

const CHARACTERS_MAX = 16_384;

/** One field of a mail's header. */
export interface HeaderField {
  /** In lower case, without white space. */
  readonly name: string;
  /** The whole field as it was written, one character for each byte, folded with CRLF, without the line end behind it. */
  readonly text: string;
}

/** A mail as far as DKIM is concerned: its fields from top to bottom, and the bytes behind the empty line. */
export interface DkimMessage {
  readonly fields: readonly HeaderField[];
  readonly body: Uint8Array;
}

/**
 * Takes a raw mail apart without decoding anything. A bare line feed ends a line, as it does for every reader of mail.
 * Null where the header is larger than 256 KiB or 10,000 lines: nobody's is.
 */
export function splitMessage(raw: Uint8Array): DkimMessage | null {
  const end = endOfHeader(raw);
  if (end === null) return null;
  const fields: { name: string; text: string }[] = [];
  for (const ended of toCharacters(raw.subarray(0, end.header)).split("\n")) {
    const line = ended.endsWith("\r") ? ended.slice(0, -1) : ended;
    const last = fields.at(-1);
    if (line.startsWith(" ") || line.startsWith("\t")) {
      if (last !== undefined) last.text += `\r\n${line}`;
    } else if (line !== "") fields.push({ name: fieldName(line), text: line });
  }
  return { fields, body: raw.subarray(end.body) };
}

/** Bytes of a text that has one character for each byte. */
export function toBytes(characters: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(characters.length);
  for (let index = 0; index < characters.length; index++) bytes[index] = characters.charCodeAt(index);
  return bytes;
}

const HEADER_BYTES_MAX = 262_144;
const HEADER_LINES_MAX = 10_000;
const CHARACTERS_AT_ONCE = 8_192;
const LF = 0x0a;
const CR = 0x0d;

function toCharacters(bytes: Uint8Array): string {
  const pieces: string[] = [];
  for (let start = 0; start < bytes.length; start += CHARACTERS_AT_ONCE)
    pieces.push(String.fromCharCode(...bytes.subarray(start, start + CHARACTERS_AT_ONCE)));
  return pieces.join("");
}

function fieldName(line: string): string {
  const colon = line.indexOf(":");
  return colon === -1 ? "" : line.slice(0, colon).trim().toLowerCase();
}

/** Where the header ends and the body begins, both at the end of a mail without an empty line; null where that is too far. */
function endOfHeader(raw: Uint8Array): { readonly header: number; readonly body: number } | null {
  let start = 0;
  for (let line = 0; line < HEADER_LINES_MAX && start <= HEADER_BYTES_MAX; line++) {
    const lineFeed = raw.indexOf(LF, start);
    if (lineFeed === -1) return raw.length > HEADER_BYTES_MAX ? null : { header: raw.length, body: raw.length };
    const isEmpty = lineFeed === start || (lineFeed === start + 1 && raw[start] === CR);
    if (isEmpty) return { header: start, body: lineFeed + 1 };
    start = lineFeed + 1;
  }
  return null;
}

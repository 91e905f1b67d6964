/** What a key may touch: `live` real leads and mailboxes, `test` only test data and sandbox mailboxes. */
export type ApiKeyMode = "live" | "test";

/** A key that is well-formed says its mode; any other text says what is wrong with it. Well-formed is not yet known. */
export type ApiKeyCheck =
  | { readonly ok: true; readonly mode: ApiKeyMode }
  | { readonly ok: false; readonly reason: "unknown_prefix" | "wrong_length" | "wrong_character" | "wrong_checksum" };

/** How many random characters a key carries: 30 of base62 are 178 bits. */
export const API_KEY_BODY_LENGTH = 30;

/** The characters of a key's body and checksum; no sign that a terminal or a browser breaks a word at. */
export const BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/**
 * Writes a key: `dh_live_` or `dh_test_`, 30 base62 characters, and 6 base62 characters of CRC32 over all before.
 * `body` comes from the caller's dice. Throws on a body of another form: that is a bug, never a customer's input.
 */
export function formatApiKey(mode: ApiKeyMode, body: string): string {
  if (!BODY.test(body)) throw new Error(`An API key's body is ${API_KEY_BODY_LENGTH} base62 characters.`);
  const start = PREFIX[mode] + body;
  return start + checksum(start);
}

/** Reads a key's form, so that a typo or a scanner's false find costs no look-up in D1. */
export function checkApiKey(text: string): ApiKeyCheck {
  const mode = modeOf(text);
  if (mode === undefined) return { ok: false, reason: "unknown_prefix" };
  const rest = text.slice(PREFIX[mode].length);
  if (rest.length !== API_KEY_BODY_LENGTH + CHECKSUM_LENGTH) return { ok: false, reason: "wrong_length" };
  if (!BODY_AND_CHECKSUM.test(rest)) return { ok: false, reason: "wrong_character" };
  const start = text.slice(0, -CHECKSUM_LENGTH);
  return start + checksum(start) === text ? { ok: true, mode } : { ok: false, reason: "wrong_checksum" };
}

/** CRC-32 as in zip and PNG (reflected, polynomial 0xEDB88320) over a text of ASCII characters, as an unsigned number. */
export function crc32(ascii: string): number {
  let remainder = 0xffff_ffff;
  for (let index = 0; index < ascii.length; index += 1) {
    remainder ^= ascii.charCodeAt(index);
    for (let bit = 0; bit < 8; bit += 1) remainder = (remainder >>> 1) ^ (remainder & 1 ? 0xedb8_8320 : 0);
  }
  return (remainder ^ 0xffff_ffff) >>> 0;
}

const PREFIX = { live: "dh_live_", test: "dh_test_" } as const;
const CHECKSUM_LENGTH = 6; // 62^6 is the first power above 2^32
const BODY = /^[0-9A-Za-z]{30}$/;
const BODY_AND_CHECKSUM = /^[0-9A-Za-z]{36}$/;

function modeOf(text: string): ApiKeyMode | undefined {
  if (text.startsWith(PREFIX.live)) return "live";
  if (text.startsWith(PREFIX.test)) return "test";
  return undefined;
}

function checksum(start: string): string {
  let rest = crc32(start);
  let digits = "";
  while (digits.length < CHECKSUM_LENGTH) {
    digits = BASE62.charAt(rest % 62) + digits;
    rest = Math.floor(rest / 62);
  }
  return digits;
}

import { z } from "zod";
import { utf8Bytes } from "../utf8.ts";

// With the flag u a surrogate in a class is half of a pair, which UTF-8 has no bytes for: it would be stored as U+FFFD.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that must not get in
const BREAKS_A_HEADER = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ud800-\udfff]/u;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that must not get in
const IS_NO_TEXT = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ud800-\udfff]/u;

/** One line that may end up in a mail header: no CR, LF, NUL, tab or other control character (RFC 5322 section 2.2), no half of a surrogate pair. */
export function headerText(charactersMax: number) {
  return z
    .string()
    .min(1)
    .max(charactersMax)
    .refine((text) => !BREAKS_A_HEADER.test(text), {
      error:
        "must be one line without control characters (CR, LF and NUL would break a mail header) or halves of surrogate pairs",
    });
}

/** Text of one or more lines that people or models read; it may be empty. Tabs and line ends are its only control characters. */
export function freeText(charactersMax: number) {
  return z
    .string()
    .max(charactersMax)
    .refine((text) => !IS_NO_TEXT.test(text), { error: NO_TEXT });
}

/** Text of a message: not empty, without control characters as in `freeText`, at most `bytesMax` bytes of UTF-8. */
export function bodyText(bytesMax: number) {
  return z
    .string()
    .refine((text) => text.trim().length > 0, { error: "must not be empty" })
    .refine((text) => !IS_NO_TEXT.test(text), { error: NO_TEXT })
    .refine((text) => utf8Bytes(text) <= bytesMax, { error: `must be at most ${bytesMax} bytes of UTF-8` });
}

const NO_TEXT = "must not contain NUL, another control character than tabs and line ends, or half of a surrogate pair";

import { z } from "zod";
import { utf8Bytes } from "../utf8.ts";

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that must not get in
const BREAKS_A_HEADER = /[\u0000-\u0008\u000a-\u001f\u007f\u2028\u2029]/;

/** One line that may end up in a mail header: no CR, LF, NUL or other control character (RFC 5322 section 2.2). */
export function headerText(charactersMax: number) {
  return z
    .string()
    .min(1)
    .max(charactersMax)
    .refine((text) => !BREAKS_A_HEADER.test(text), {
      error: "must be one line without control characters (CR, LF and NUL would break a mail header)",
    });
}

/** Text of a message: not empty, no NUL, at most `bytesMax` bytes of UTF-8. */
export function bodyText(bytesMax: number) {
  return z
    .string()
    .refine((text) => text.trim().length > 0, { error: "must not be empty" })
    .refine((text) => !text.includes("\u0000"), { error: "must not contain NUL" })
    .refine((text) => utf8Bytes(text) <= bytesMax, { error: `must be at most ${bytesMax} bytes of UTF-8` });
}

/** A request as it crossed the wire. */
export interface SentRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * The request as a command for a POSIX shell that knows `$'…'` (bash, zsh, ksh). Whatever the bytes are, it is one command: text
 * of plain characters stands in single quotes, and what a terminal could act on when it is pasted is written as an escape.
 */
export function copyAsCurl({ url, headers, body }: SentRequest): string {
  const parts = [
    `curl --globoff --request POST ${quoteForShell(url)}`,
    ...Object.entries(headers).flatMap(([name, value]) => headerPart(name, value)),
    `--data-raw ${quoteForShell(body)}`,
  ];
  return parts.join(" \\\n  ");
}

/** One word of a shell's command that stands for exactly this text; NUL, which no argument can hold, is left out. */
export function quoteForShell(text: string): string {
  const whole = new TextDecoder().decode(new TextEncoder().encode(text.replaceAll("\0", "")));
  return NEEDS_ESCAPES.test(whole) ? `$'${escaped(whole)}'` : `'${whole.replaceAll("'", `'\\''`)}'`;
}

/** Controls but the line feed, and signs that turn the direction of a line or end it where one doesn't see it. */
const NEEDS_ESCAPES = /[^\n\P{Cc}]|[\p{Cf}\p{Zl}\p{Zp}]/u;
const TO_ESCAPE = /[\\'!]|[^\n\P{Cc}]|[\p{Cf}\p{Zl}\p{Zp}]/gu;

function escaped(text: string): string {
  return text.replaceAll(TO_ESCAPE, (sign) =>
    [...new TextEncoder().encode(sign)].map((byte) => `\\x${byte.toString(16).padStart(2, "0")}`).join(""),
  );
}

/** RFC 9110's token. What is no header's name could be an option or a file for curl, and is left out. */
const HEADER_NAME = /^[\w!#$%&'*+.^`|~-]+$/;
/** They follow from the rest, and would contradict it after an edit. */
const LEFT_TO_CURL = ["content-length", "host", "connection", "transfer-encoding"];

function headerPart(name: string, value: string): readonly string[] {
  if (!HEADER_NAME.test(name) || LEFT_TO_CURL.includes(name.toLowerCase())) return [];
  // With a colon and nothing behind it curl would leave the header out.
  return [`--header ${quoteForShell(value === "" ? `${name};` : `${name}: ${value}`)}`];
}

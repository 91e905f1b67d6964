import { tokensIn } from "../../core/webhook/mask-token.ts";

/**
 * What must not be read in the log of an exchange, whatever the endpoint made of it: the completion tokens of our request,
 * and their secret parts as base64 has them, by each of the three ways in which bytes may lie.
 */
export function knownSecrets(requestBody: string): readonly string[] {
  const tokens = tokensIn(requestBody);
  const secretParts = tokens.map((token) => token.slice(token.lastIndexOf(".") + 1));
  return [...tokens, ...secretParts.flatMap((secret) => [0, 1, 2].map((before) => inBase64(secret, before)))];
}

/** The characters of base64 that hold nothing but `text`, when `before` bytes of something else stand before it. */
function inBase64(text: string, before: number): string {
  const whole = btoa(`${"-".repeat(before)}${text}`);
  const first = Math.ceil((before * 8) / 6);
  return whole.slice(first, Math.floor(((before + text.length) * 8) / 6));
}

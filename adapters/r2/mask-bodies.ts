import { maskCompletionTokens } from "../../core/webhook/mask-token.ts";
import { fromBase64, toBase64 } from "../crypto/bytes.ts";
import type { BodyObject } from "./bodies.ts";
import { knownSecrets } from "./known-secrets.ts";

/** Both sides of an exchange as they may be shown: without completion tokens, in bodies and headers. */
export function maskBodies({ request, response }: BodyObject): BodyObject {
  const secrets = knownSecrets(request.body);
  const mask = (text: string) => maskCompletionTokens(text, secrets);
  return {
    request: { headers: maskValues(request.headers, mask), body: mask(request.body) },
    response: {
      ...response,
      headers: maskValues(response.headers, mask),
      body: response.encoding === "utf-8" ? mask(response.body) : maskBytes(response.body, mask),
    },
  };
}

type Mask = (text: string) => string;

function maskValues(headers: Readonly<Record<string, string>>, mask: Mask): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, mask(value)]));
}

/** Byte for character, since bytes that are no UTF-8 still hold ASCII between them. */
function maskBytes(base64: string, mask: Mask): string {
  const text = Array.from(fromBase64(base64), (byte) => String.fromCharCode(byte)).join("");
  return toBase64(Uint8Array.from(mask(text), (character) => character.charCodeAt(0)));
}

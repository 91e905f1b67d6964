import { API_KEY_BODY_LENGTH, type ApiKeyMode, BASE62, formatApiKey } from "../../core/api-key.ts";

/** A new API key with 178 random bits. */
export function newApiKey(mode: ApiKeyMode): string {
  let body = "";
  while (body.length < API_KEY_BODY_LENGTH) {
    // 248 is the last multiple of 62 in a byte: beyond it some characters would come more often.
    for (const byte of crypto.getRandomValues(new Uint8Array(API_KEY_BODY_LENGTH)))
      if (byte < 248 && body.length < API_KEY_BODY_LENGTH) body += BASE62.charAt(byte % 62);
  }
  return formatApiKey(mode, body);
}

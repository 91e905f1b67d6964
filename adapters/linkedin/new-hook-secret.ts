import { toHex } from "../crypto/bytes.ts";

const SECRET_BYTES = 32;

/** A new value for the header of a provider's webhooks: 32 random bytes in hexadecimal, since it signs nothing. */
export function newHookSecret(): string {
  return toHex(crypto.getRandomValues(new Uint8Array(SECRET_BYTES)));
}

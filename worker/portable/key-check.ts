import { toHex } from "../../adapters/crypto/bytes.ts";
import { purposeKey } from "../../adapters/crypto/hmac.ts";

/** The same in two installations only where they have the same TOKEN_KEY_V1; it tells nothing else about it. */
export async function keyCheck(env: Pick<Env, "TOKEN_KEY_V1">): Promise<string> {
  const key = await purposeKey(env.TOKEN_KEY_V1, "key check");
  const mac = await crypto.subtle.sign("HMAC", key, new TextEncoder().encode("key check"));
  return toHex(new Uint8Array(mac, 0, 8));
}

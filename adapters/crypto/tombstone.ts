import { comparable } from "../mail/ascii-domain.ts";
import { toHex } from "./bytes.ts";
import { purposeKey } from "./hmac.ts";

/**
 * The hash by which an erased person is known again: HMAC-SHA256 over the tenant and the address as it is compared, under a
 * key derived for this alone, in hex. Without the master secret nobody can try addresses, and two tenants have two hashes.
 */
export async function tombstoneHash(env: Pick<Env, "TOKEN_KEY_V1">, tenantId: string, email: string): Promise<string> {
  const key = await purposeKey(env.TOKEN_KEY_V1, "tombstone");
  const message = new TextEncoder().encode(`tombstone|${tenantId}|${comparable(email)}`);
  return toHex(new Uint8Array(await crypto.subtle.sign("HMAC", key, message)));
}

import { encodeBase32 } from "../../core/mail/reply-address.ts";
import { equalInConstantTime } from "./hmac.ts";

/** 80 bits: 16 characters of base32, so that the whole token fits into the 64 octets of a local part (mail.md 3.4). */
const MAC_BYTES = 10;

/** What a token opens; one of another purpose opens nothing. */
export type TokenPurpose = "reply" | "unsubscribe" | "self_test";

/**
 * The MAC of a token: HMAC-SHA256 over `<purpose>|<tenant>|<id of the enrollment or mailbox>`, cut to 80 bits, as 16 characters of
 * base32 in lower case. `key` must be an HMAC key with SHA-256 and the usage `sign`. Ids hold no `|`, so the parts can't blur.
 */
export async function mintMac(key: CryptoKey, purpose: TokenPurpose, tenantId: string, id: string): Promise<string> {
  const message = new TextEncoder().encode(`${purpose}|${tenantId}|${id}`);
  const mac = await crypto.subtle.sign("HMAC", key, message);
  return encodeBase32(new Uint8Array(mac, 0, MAC_BYTES));
}

/** Whether `macBase32` (any case) is the MAC of this tenant's enrollment or mailbox. The time taken doesn't depend on where it differs. */
export async function verifyMac(
  key: CryptoKey,
  purpose: TokenPurpose,
  tenantId: string,
  id: string,
  macBase32: string,
): Promise<boolean> {
  return equalInConstantTime(await mintMac(key, purpose, tenantId, id), macBase32.toLowerCase());
}

import { toHex } from "./bytes.ts";
import { purposeKey } from "./hmac.ts";

/**
 * What a tenant's person or company is called where it must not be named: HMAC-SHA256 over tenant, mode and subject, in hex.
 * `subject` is an address or a domain as it is compared.
 */
export async function contactName(
  env: Pick<Env, "TOKEN_KEY_V1">,
  whose: { readonly tenantId: string; readonly mode: string },
  kind: "person" | "company",
  subject: string,
): Promise<string> {
  const key = await purposeKey(env.TOKEN_KEY_V1, "contact");
  const message = new TextEncoder().encode(`contact|${whose.tenantId}|${whose.mode}|${kind}|${subject}`);
  return toHex(new Uint8Array(await crypto.subtle.sign("HMAC", key, message)));
}

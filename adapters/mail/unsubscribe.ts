import type { UnsubscribeWays } from "../../core/mail/unsubscribe-headers.ts";
import { formatUnsubscribeToken, type UnsubscribeToken } from "../../core/mail/unsubscribe-token.ts";
import { purposeKey } from "../crypto/hmac.ts";
import { mintMac, verifyMac } from "../crypto/token-mac.ts";

/** The id of the key that makes unsubscribe tokens now. */
const KID = "1";

/** How the lead of this enrollment unsubscribes. `domain` receives our replies. */
export async function unsubscribeWays(
  env: Pick<Env, "TOKEN_KEY_V1" | "PUBLIC_URL" | "LOCAL_MODE">,
  tenantId: string,
  enrollmentId: string,
  domain: string,
): Promise<UnsubscribeWays> {
  const macBase32 = await mintMac(await tokenKey(env), "unsubscribe", tenantId, enrollmentId);
  const token = formatUnsubscribeToken({ kid: KID, enrollmentId, macBase32 });
  const isReachable = env.PUBLIC_URL.startsWith("https://") || env.LOCAL_MODE === "on";
  return { url: isReachable ? `${env.PUBLIC_URL}/u/${token}` : null, mailto: `${token}@${domain}` };
}

/** Whether we made the token for this tenant's enrollment. */
export async function isOurUnsubscribeToken(
  env: Pick<Env, "TOKEN_KEY_V1">,
  tenantId: string,
  { kid, enrollmentId, macBase32 }: UnsubscribeToken,
): Promise<boolean> {
  return kid === KID && verifyMac(await tokenKey(env), "unsubscribe", tenantId, enrollmentId, macBase32);
}

function tokenKey({ TOKEN_KEY_V1 }: Pick<Env, "TOKEN_KEY_V1">): Promise<CryptoKey> {
  return purposeKey(TOKEN_KEY_V1, "unsubscribe");
}

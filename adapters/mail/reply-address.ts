import { formatReplyAddress } from "../../core/mail/reply-address.ts";
import { purposeKey } from "../crypto/hmac.ts";
import { mintMac, verifyMac } from "../crypto/token-mac.ts";

/** The id of the key that makes reply addresses now. */
const KID = "1";

/** The signed address that replies to this enrollment come to. */
export async function replyAddress(
  env: Pick<Env, "TOKEN_KEY_V1">,
  tenantId: string,
  enrollmentId: string,
  domain: string,
): Promise<string> {
  const macBase32 = await mintMac(await purposeKey(env.TOKEN_KEY_V1, "reply"), "reply", tenantId, enrollmentId);
  return formatReplyAddress({ kid: KID, idBase32: enrollmentId.slice("enr_".length), macBase32, domain });
}

/** Whether a token of an address was made by us for this enrollment. */
export async function isOurReplyToken(
  env: Pick<Env, "TOKEN_KEY_V1">,
  tenantId: string,
  token: { readonly kid: string; readonly enrollmentId: string; readonly macBase32: string },
): Promise<boolean> {
  return (
    token.kid === KID &&
    verifyMac(await purposeKey(env.TOKEN_KEY_V1, "reply"), "reply", tenantId, token.enrollmentId, token.macBase32)
  );
}

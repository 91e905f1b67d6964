import { formatSelfTestToken, type SelfTestToken } from "../../core/mail/self-test.ts";
import { purposeKey } from "../crypto/hmac.ts";
import { mintMac, verifyMac } from "../crypto/token-mac.ts";

/** The id of the key that makes these addresses now. */
const KID = "1";

/** The signed address that a mailbox's test message goes to. `domain` receives our replies. */
export async function selfTestAddress(
  env: Pick<Env, "TOKEN_KEY_V1">,
  tenantId: string,
  mailboxId: string,
  domain: string,
): Promise<string> {
  const macBase32 = await mintMac(await tokenKey(env), "self_test", tenantId, mailboxId);
  return `${formatSelfTestToken({ kid: KID, mailboxId, macBase32 })}@${domain}`;
}

/** Whether we made the token for this tenant's mailbox. */
export async function isOurSelfTestToken(
  env: Pick<Env, "TOKEN_KEY_V1">,
  tenantId: string,
  { kid, mailboxId, macBase32 }: SelfTestToken,
): Promise<boolean> {
  return kid === KID && verifyMac(await tokenKey(env), "self_test", tenantId, mailboxId, macBase32);
}

function tokenKey({ TOKEN_KEY_V1 }: Pick<Env, "TOKEN_KEY_V1">): Promise<CryptoKey> {
  return purposeKey(TOKEN_KEY_V1, "self_test");
}

import { seal } from "../../../adapters/crypto/seal.ts";
import { mailboxSecretContext } from "../../../adapters/mail/mailbox-secret.ts";

/** A password or an API key as it is stored: sealed, and bound to this mailbox. */
export async function sealSecret(
  env: Pick<Env, "KEK_V1">,
  tenantId: string,
  mailboxId: string,
  secret: string | null,
): Promise<string | null> {
  return secret === null ? null : seal(env.KEK_V1, secret, mailboxSecretContext(tenantId, mailboxId));
}

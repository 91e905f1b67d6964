import { seal } from "../../../adapters/crypto/seal.ts";
import { eventsSecretContext, mailboxSecretContext } from "../../../adapters/mail/mailbox-secret.ts";

/** What opens the mailbox to its provider's webhooks, as it is stored. */
export async function sealEventsSecret(
  env: Pick<Env, "KEK_V1">,
  tenantId: string,
  mailboxId: string,
  secret: string | null,
): Promise<string | null> {
  return secret === null ? null : seal(env.KEK_V1, secret, eventsSecretContext(tenantId, mailboxId));
}

/** A password or an API key as it is stored: sealed, and bound to this mailbox. */
export async function sealSecret(
  env: Pick<Env, "KEK_V1">,
  tenantId: string,
  mailboxId: string,
  secret: string | null,
): Promise<string | null> {
  return secret === null ? null : seal(env.KEK_V1, secret, mailboxSecretContext(tenantId, mailboxId));
}

import { eventsSecretContext, mailboxSecretContext } from "../../../adapters/mail/mailbox-secret.ts";
import { sealSecret } from "../../seal-secret.ts";

/** What opens the mailbox to its provider's webhooks, as it is stored. */
export async function sealEventsSecret(
  env: Env,
  tenantId: string,
  mailboxId: string,
  secret: string | null,
): Promise<string | null> {
  return secret === null ? null : sealSecret(env, secret, eventsSecretContext(tenantId, mailboxId));
}

/** A password or an API key as it is stored: sealed, and bound to this mailbox. */
export async function sealMailboxSecret(
  env: Env,
  tenantId: string,
  mailboxId: string,
  secret: string | null,
): Promise<string | null> {
  return secret === null ? null : sealSecret(env, secret, mailboxSecretContext(tenantId, mailboxId));
}

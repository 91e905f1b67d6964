import { hooksSecretContext, linkedinSecretContext } from "../../../adapters/linkedin/account-secret.ts";
import { sealSecret } from "../../seal-secret.ts";

/** An API key as it is stored: sealed, and bound to this account. */
export function sealLinkedinSecret(env: Env, tenantId: string, accountId: string, secret: string): Promise<string> {
  return sealSecret(env, secret, linkedinSecretContext(tenantId, accountId));
}

/** What the account's webhooks carry, likewise. */
export function sealHooksSecret(env: Env, tenantId: string, accountId: string, secret: string): Promise<string> {
  return sealSecret(env, secret, hooksSecretContext(tenantId, accountId));
}

import { seal } from "../../../adapters/crypto/seal.ts";
import { checkMailServer } from "../../../adapters/mail/check-server.ts";
import { mailboxSecretContext } from "../../../adapters/mail/mailbox-secret.ts";
import type { StoredSmtp } from "../../../core/contract/mailbox.ts";
import type { ProblemError } from "../../../core/contract/problem.ts";

/** What is wrong with a mail server that a customer wants to save; empty when nothing is. */
export function smtpFaults(
  env: Pick<Env, "LOCAL_MODE">,
  smtp: StoredSmtp,
  hasPassword: boolean,
): readonly ProblemError[] {
  const verdict = checkMailServer(smtp, env.LOCAL_MODE === "on");
  if (!verdict.ok) return [{ pointer: `/smtp/${verdict.field}`, detail: verdict.detail }];
  if ((smtp.username !== null) === hasPassword) return [];
  const [missing, given] = hasPassword ? ["username", "password"] : ["password", "username"];
  return [{ pointer: `/smtp/${missing}`, detail: `must go with a ${given}` }];
}

/** The password as it is stored: sealed, and bound to this mailbox. */
export async function sealPassword(
  env: Pick<Env, "KEK_V1">,
  tenantId: string,
  mailboxId: string,
  password: string | null,
): Promise<string | null> {
  return password === null ? null : seal(env.KEK_V1, password, mailboxSecretContext(tenantId, mailboxId));
}

import { checkMailServer } from "../../../adapters/mail/check-server.ts";
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

import { insideAddress } from "../../../adapters/dns/inside-address.ts";
import { checkMailServer } from "../../../adapters/mail/check-server.ts";
import type { StoredSmtp } from "../../../core/contract/mailbox.ts";
import type { ProblemError } from "../../../core/contract/problem.ts";
import { LOOPBACK_HOSTS } from "../../../core/host-policy.ts";

/** What is wrong with a mail server that a customer wants to save; empty when nothing is. */
export async function smtpFaults(
  env: Pick<Env, "LOCAL_MODE" | "DOH_URL">,
  smtp: StoredSmtp,
  hasPassword: boolean,
): Promise<readonly ProblemError[]> {
  const verdict = checkMailServer(smtp, env.LOCAL_MODE === "on");
  if (!verdict.ok) return [{ pointer: `/smtp/${verdict.field}`, detail: verdict.detail }];
  const inside = LOOPBACK_HOSTS.has(smtp.host) ? null : await insideAddress(env.DOH_URL, smtp.host, Date.now());
  if (inside !== null) return [{ pointer: "/smtp/host", detail: `is at ${inside}, as DNS says: no public address` }];
  if ((smtp.username !== null) === hasPassword) return [];
  const [missing, given] = hasPassword ? ["username", "password"] : ["password", "username"];
  return [{ pointer: `/smtp/${missing}`, detail: `must go with a ${given}` }];
}

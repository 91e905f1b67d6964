import { isReplyDomainTaken } from "../../../adapters/d1/mailboxes.ts";
import type { Tenant } from "../../../adapters/d1/tenant-db.ts";

/**
 * Whether this tenant's mailboxes may receive under `domain`. `own`: it is the installation's, for which every tenant's
 * reply addresses are signed. `taken`: another tenant was first. Two at the same moment may both find it free; what comes
 * there is then shown to neither (worker/email/find-owner.ts).
 */
export async function claimOf(
  env: Env,
  tenant: Tenant,
  domain: string | null | undefined,
): Promise<"free" | "own" | "taken"> {
  if (domain === null || domain === undefined) return "free";
  if (domain === env.REPLY_DOMAIN || domain.endsWith(`.${env.REPLY_DOMAIN}`)) return "own";
  return (await isReplyDomainTaken(tenant, domain)) ? "taken" : "free";
}

/** What is wrong with a claim on the installation's own domain. */
export const OWN_DOMAIN = {
  pointer: "/replyDomain",
  detail: "is the installation's own, which nobody claims: leave it null, and replies come in there",
} as const;

/** What is said of a domain that is taken. */
export const TAKEN = "Another tenant of this installation receives replies under this domain already.";

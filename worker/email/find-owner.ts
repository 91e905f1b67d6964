import { claimants, claimsOf, type MailOwner, onlyTenant } from "../../adapters/d1/inbound-mail.ts";
import type { InboundMail } from "../../core/mail/inbound.ts";

/**
 * Whose a mail is that leads to no enrollment: the one tenant that claims its recipient (the envelope's, then those of
 * the header), else the only tenant that there is. Null, and then no key sees it, when it may be another's: a mailbox's
 * address is not proven (docs/decisions/0012-whose-unmatched-mail-is.md).
 */
export async function findOwner(env: Env, mail: InboundMail): Promise<MailOwner | null> {
  for (const recipients of [[mail.envelopeTo], mail.to.map(({ email }) => email)]) {
    const claimed = await claimantsOf(env, recipients);
    if (claimed.length > 0) return claimed.length === 1 ? (claimed[0] ?? null) : null;
  }
  return onlyTenant(env.DB);
}

/** Whether a recipient's address is claimed, and not by this tenant. */
export async function isAnothers(env: Env, recipient: string, tenantId: string): Promise<boolean> {
  const email = recipient.toLowerCase();
  if (domainOf(email) === env.REPLY_DOMAIN) return false;
  const { byTenant, byOthers } = await claimsOf(env.DB, email, domainOf(email), tenantId);
  return byOthers && !byTenant;
}

/** Nobody can claim an address of the installation's own domain: what comes there and proves nothing is the operator's. */
async function claimantsOf(env: Env, recipients: readonly string[]): Promise<readonly MailOwner[]> {
  const emails = recipients.map((email) => email.toLowerCase()).filter((email) => domainOf(email) !== env.REPLY_DOMAIN);
  return emails.length === 0 ? [] : claimants(env.DB, emails, emails.map(domainOf));
}

function domainOf(email: string): string {
  return email.slice(email.lastIndexOf("@") + 1);
}

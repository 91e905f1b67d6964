import { latestEnrollmentOf, type MailOwner } from "../../adapters/d1/inbound-mail.ts";
import { comparable } from "../../adapters/mail/ascii-domain.ts";
import type { Classification, InboundMail } from "../../core/mail/inbound.ts";
import type { Match } from "./find-match.ts";

/**
 * The newest enrollment of a lead who writes to the mailbox that wrote to them, or whose address a bounce names there:
 * what is left for a mail that answers nothing. Only a suggestion: anybody may put any address into From.
 */
export async function matchBySender(
  env: Env,
  owner: MailOwner,
  mail: InboundMail,
  { bounce }: Classification,
): Promise<Match | null> {
  const leads = [mail.from?.email ?? "", ...(bounce?.recipients ?? [])];
  const mailboxes = [mail.envelopeTo, ...[...mail.to, ...mail.cc].map(({ email }) => email)];
  const enrollment = await latestEnrollmentOf(env.DB, owner, leads.map(comparable), mailboxes.map(comparable));
  return enrollment === null ? null : { enrollment, by: "sender", proven: false };
}

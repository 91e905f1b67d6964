import { channelOfStep } from "../channel.ts";
import type { Step } from "../contract/step.ts";
import type { Facts } from "../facts.ts";
import type { LinkedinFacts } from "../linkedin/account.ts";
import { type CapZone, capZone } from "./cap-zone.ts";
import type { MailboxPace } from "./settings.ts";

/** Whoever sends a step's message, as far as it keeps a pace: a mailbox, or a LinkedIn account with what it does. */
export interface PacedSender {
  /** The name of its places: the mailbox's id, or the account's with `/invitations`, `/notes` or `/messages`. */
  readonly id: string;
  readonly pace: MailboxPace;
  readonly zone: CapZone;
}

/** Who sends this step; null where nobody keeps a pace for it. */
export function pacedSender(step: Step | null, facts: Facts): PacedSender | null {
  const { mailbox, linkedin, tenant } = facts;
  switch (channelOfStep(step)) {
    case "email":
      return mailbox === null
        ? null
        : { id: mailbox.id, pace: mailbox.pace, zone: capZone(mailbox.timeZone, tenant.timeZone) };
    case "linkedin":
      return linkedin === null
        ? null
        : { ...ofAccount(linkedin, step), zone: capZone(linkedin.timeZone, tenant.timeZone, "account") };
    case "task":
      return null;
  }
}

/** The sender whose place an answer is about. */
export function senderNamed(id: string, facts: Facts): PacedSender | null {
  const { linkedin, mailbox, tenant } = facts;
  if (linkedin !== null && id.startsWith(`${linkedin.id}/`)) {
    const pace = id.endsWith("/messages")
      ? linkedin.messages
      : id.endsWith("/notes")
        ? noted(linkedin.invitations)
        : linkedin.invitations;
    return { id, pace, zone: capZone(linkedin.timeZone, tenant.timeZone, "account") };
  }
  return mailbox === null ? null : { id, pace: mailbox.pace, zone: capZone(mailbox.timeZone, tenant.timeZone) };
}

function ofAccount(account: LinkedinFacts, step: Step | null): Pick<PacedSender, "id" | "pace"> {
  if (step?.kind !== "linkedin_connect") return { id: `${account.id}/messages`, pace: account.messages };
  const isBare = step.draftStrategy === "static" && step.staticBody === null;
  return account.plan === "paid" || isBare
    ? { id: `${account.id}/invitations`, pace: account.invitations }
    : { id: `${account.id}/notes`, pace: noted(account.invitations) };
}

/** A free account may write few notes a month; those without one are counted by themselves. */
function noted(invitations: MailboxPace): MailboxPace {
  return { ...invitations, spans: [...(invitations.spans ?? []), NOTES_OF_FREE_ACCOUNTS] };
}

/** LinkedIn's own limit of free accounts ([U1], provider limits). */
const NOTES_OF_FREE_ACCOUNTS = { days: 30, most: 5 } as const;

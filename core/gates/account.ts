import type { Enrollment } from "../enrollment.ts";
import type { LinkedinFacts } from "../linkedin/account.ts";
import { profileIdentifier } from "../linkedin/profile-identifier.ts";
import { openInvitation, profileOf, standingOf } from "../linkedin/standing.ts";
import { nextOpening } from "../opening.ts";
import type { Gate, GateContext, GateVerdict } from "./gate.ts";

/** Wherever no hour of the account ever comes, it is looked at again after this. */
const HOURS_RECHECK_MS = 24 * 3600_000;

/** A LinkedIn step needs an account that may act now, and a person who can be reached there. */
export const account: Gate = (context) => {
  const { enrollment, facts } = context;
  const read = {
    account: facts.linkedin?.id ?? null,
    linkedinUrl: enrollment.lead.linkedinUrl,
    profileUrn: enrollment.lead.profileUrn,
    isConnected: standingOf(enrollment).isConnected,
  };
  if (facts.linkedin === null)
    return {
      gate: "account",
      read,
      verdict: "hold",
      reason: "account_missing",
      detail: "the enrollment has no LinkedIn account to act for it",
    };
  return ofPerson(context, facts.linkedin, read) ?? ofAccount(context, facts.linkedin, read);
};

/** What stands in the way of reaching this person there; null for nothing. */
function ofPerson(
  { enrollment, step }: GateContext,
  { provider }: LinkedinFacts,
  read: GateVerdict["read"],
): GateVerdict | null {
  const { unreachable, isConnected } = standingOf(enrollment);
  if (!hasProfile(enrollment, provider))
    return {
      gate: "account",
      read,
      verdict: "hold",
      reason: "profile_missing",
      detail: "the lead has no LinkedIn profile: give linkedinUrl (https://www.linkedin.com/in/…)",
    };
  if (unreachable !== null)
    return { gate: "account", read: { ...read, unreachable }, verdict: "skip", reason: "linkedin_unreachable" };
  if (step?.kind !== "linkedin_connect") return null;
  if (isConnected === true) return { gate: "account", read, verdict: "skip", reason: "already_connected" };
  const open = openInvitation(enrollment);
  return open === null
    ? null
    : {
        gate: "account",
        read: { ...read, invitedAt: new Date(open.at).toISOString() },
        verdict: "skip",
        reason: "already_invited",
      };
}

function hasProfile({ lead }: Enrollment, provider: LinkedinFacts["provider"]): boolean {
  return (provider === "manual" ? profileOf(lead) : profileIdentifier(lead)) !== null;
}

/** LinkedIn's own word that it is enough for now, and the account's hours. */
function ofAccount(
  { now, step, facts }: GateContext,
  account: LinkedinFacts,
  before: GateVerdict["read"],
): GateVerdict {
  const { invitationsRestUntil, messagesRestUntil, workingHours } = account;
  const restsUntil = step?.kind === "linkedin_connect" ? invitationsRestUntil : messagesRestUntil;
  if (restsUntil !== null && restsUntil > now)
    return { gate: "account", read: before, verdict: "wait", until: restsUntil, reason: "linkedin_limit_reached" };
  const timeZone = account.timeZone ?? facts.tenant.timeZone;
  const read = { ...before, workingHours, timeZone };
  // An answer to a reply goes out at any hour: somebody is in a conversation.
  if (workingHours.length === 0 || step === null) return { gate: "account", read, verdict: "pass" };
  const opens = nextOpening(now, timeZone, { windows: workingHours, closedOn: () => null });
  if (opens !== null && opens <= now) return { gate: "account", read, verdict: "pass" };
  const until = opens ?? now + HOURS_RECHECK_MS;
  return { gate: "account", read, verdict: "wait", until, reason: "outside_account_hours" };
}

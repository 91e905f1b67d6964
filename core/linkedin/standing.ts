import { ACCEPT_WITHIN_DAYS } from "../contract/limits.ts";
import type { Step } from "../contract/step.ts";
import type { Enrollment, Lead, LinkedinStanding } from "../enrollment.ts";
import type { Facts } from "../facts.ts";

const DAY_MS = 24 * 3600_000;

/** As nobody knows anything of them yet. */
const UNKNOWN: LinkedinStanding = {
  profileId: null,
  publicId: null,
  isConnected: null,
  invitation: null,
  chatId: null,
  unreachable: null,
};

/** How the lead and the account stand. */
export function standingOf({ linkedin }: Enrollment): LinkedinStanding {
  return linkedin ?? UNKNOWN;
}

/** The enrollment with something new known of them. */
export function withStanding(state: Enrollment, news: Partial<LinkedinStanding>): Enrollment {
  return { ...state, linkedin: { ...standingOf(state), ...news } };
}

/** The page by which a person finds the lead; null for none. */
export function profileOf({ linkedinUrl, profileUrn }: Pick<Lead, "linkedinUrl" | "profileUrn">): string | null {
  return linkedinUrl ?? profileUrn;
}

/** Whether news of this profile is news of the lead: of whoever they were before it isn't. Null: nobody said of which. */
export function isAboutLead(state: Enrollment, profileId: string | null | undefined): boolean {
  return profileId == null || profileId === standingOf(state).profileId;
}

/** An invitation that may still be accepted; null where there is none. */
export function openInvitation(state: Enrollment): NonNullable<LinkedinStanding["invitation"]> | null {
  const { invitation, isConnected } = standingOf(state);
  return invitation === null || invitation.withdrawnAt !== null || isConnected === true ? null : invitation;
}

/** Until when (ms) the step waits for the invitation to be accepted; null where none is open that could be. */
export function acceptDeadline(state: Enrollment, step: Step): number | null {
  const open = openInvitation(state);
  return open === null ? null : open.at + (step.acceptWithinDays ?? ACCEPT_WITHIN_DAYS) * DAY_MS;
}

/** Whether the account's provider is to be asked about the lead's profile before this step goes on. */
export function isProfileToBeFound(state: Enrollment, step: Step | null, { linkedin }: Facts): boolean {
  if (linkedin?.provider !== "unipile") return false;
  if (step?.kind !== "linkedin_connect" && step?.kind !== "linkedin_message") return false;
  const { profileId, isConnected } = standingOf(state);
  return profileId === null || isConnected === null;
}

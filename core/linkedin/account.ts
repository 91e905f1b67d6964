import type { Step } from "../contract/step.ts";
import type { SendingWindow } from "../opening.ts";
import type { MailboxPace } from "../pace/settings.ts";

/** Who acts: an API that people rent, or a person with a browser. */
export type LinkedinProviderName = "unipile" | "manual";

/** A LinkedIn account as the gates see it. */
export interface LinkedinFacts {
  readonly id: string;
  readonly provider: LinkedinProviderName;
  readonly enabled: boolean;
  /** Why it was switched off, where that was not a person. */
  readonly pausedReason: string | null;
  /** IANA; null where it has none of its own. */
  readonly timeZone: string | null;
  /** When it acts, by its own clock; none: at any hour. */
  readonly workingHours: readonly SendingWindow[];
  /** `free` accounts may write 200 characters with an invitation, and few such notes a month. */
  readonly plan: "free" | "paid";
  readonly invitations: MailboxPace;
  readonly messages: MailboxPace;
  readonly profileViewsPerDay: number;
  /** LinkedIn itself has said that it is enough: until then (ms) none of these leaves; null where it hasn't. */
  readonly invitationsRestUntil: number | null;
  readonly messagesRestUntil: number | null;
}

/** The longest note of an invitation, in characters ([U1], provider limits). */
export function noteCharactersMax(plan: LinkedinFacts["plan"]): number {
  return plan === "free" ? 200 : 300;
}

/** The longest message, in characters. */
export const MESSAGE_CHARACTERS_MAX = 8_000;

/** The most that a step's text may have by its way, in characters; null where nothing bounds it. */
export function charactersMaxOf(step: Step | null, account: Pick<LinkedinFacts, "plan"> | null): number | null {
  if (step?.kind === "linkedin_connect") return noteCharactersMax(account?.plan ?? "free");
  return step?.kind === "linkedin_message" ? MESSAGE_CHARACTERS_MAX : null;
}

import type { LinkedinStanding } from "../../../core/enrollment.ts";
import type { LinkedinFacts } from "../../../core/linkedin/account.ts";
import { UNPACED } from "../../../core/pace/settings.ts";

/** An account that may do everything at any hour. */
export const ACCOUNT: LinkedinFacts = {
  id: "lia_1",
  provider: "unipile",
  enabled: true,
  pausedReason: null,
  timeZone: "Europe/Paris",
  workingHours: [],
  plan: "paid",
  invitations: UNPACED,
  messages: UNPACED,
  profileViewsPerDay: 100,
  invitationsRestUntil: null,
  messagesRestUntil: null,
};

/** Somebody who was found there and not invited yet. */
export const FOUND: LinkedinStanding = {
  profileId: "ACoAAJANEJaneJane0123456789",
  publicId: "jane-doe",
  isConnected: false,
  invitation: null,
  chatId: null,
  unreachable: null,
};

/** An invitation that was sent at `at` (ms). */
export function invited(at: number): LinkedinStanding {
  return { ...FOUND, invitation: { id: "inv_1", at, acceptedAt: null, withdrawnAt: null } };
}

import { StoredPace } from "../../core/contract/linkedin-pace.ts";
import { SendingWindows } from "../../core/contract/sending-times.ts";
import type { LinkedinFacts } from "../../core/linkedin/account.ts";

/** What a LinkedIn account's row says of its pace. */
export interface AccountPaceColumns {
  readonly invitationsPace: string;
  readonly messagesPace: string;
  readonly workingHours: string;
}

/** Its paces and hours as they are stored. Throws on what are none: we wrote them, or checked them. */
export function pacesOf({
  invitationsPace,
  messagesPace,
  workingHours,
}: AccountPaceColumns): { readonly invitations: StoredPace; readonly messages: StoredPace } & Pick<
  LinkedinFacts,
  "workingHours"
> {
  return {
    invitations: StoredPace.parse(JSON.parse(invitationsPace)),
    messages: StoredPace.parse(JSON.parse(messagesPace)),
    workingHours: SendingWindows.parse(JSON.parse(workingHours)),
  };
}

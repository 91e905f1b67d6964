import type { CadenceVersion } from "../cadence.ts";
import type { Transition, Write } from "../effects.ts";
import type { Enrollment, Exit } from "../enrollment.ts";
import type { EventOf } from "../events.ts";
import { ADDRESS_SUPPRESSED, type SuppressionReason } from "../suppression.ts";
import { andThen, become, first, note } from "./build.ts";
import { exit } from "./next.ts";
import { stopAnswers } from "./stop-answers.ts";
import { leadEvent, tell } from "./tell.ts";

/**
 * The lead wants no more mail, or called ours unwanted. Final, whatever the cadence's settings say: the enrollment ends,
 * the address is suppressed for the whole tenant, answers that wait don't go out. Said twice, it is said once.
 */
export function contactRefused(
  state: Enrollment,
  event: EventOf<"contact_refused">,
  cadence: CadenceVersion,
): Transition {
  const { at, reason, by } = event;
  if (state.refused === reason) return become(state);
  const asked = note(state, at, "contact_refused", { by, detail: { reason } });
  const end: Exit = { state: "exited", reason, detail: by };
  const type = reason === "unsubscribed" ? "cadence.lead.unsubscribed" : "cadence.lead.complained";
  const refused: Enrollment = { ...state, refused: reason };
  const told = tell(refused, cadence, at, type, leadEvent(state, cadence, at, reason, { by }), { step: null });
  return first(
    [asked, ...suppressPerson(state, at, reason)],
    andThen(told, (after) =>
      andThen(stopAnswers(after, at, end, cadence), (stopped) => exit(stopped, cadence, at, end)),
    ),
  );
}

/** Nobody of this tenant writes to this address any more; the log's projection puts it on the list. */
export function suppressAddress(
  state: Enrollment,
  at: number,
  reason: SuppressionReason,
  address: string | null,
): readonly Write[] {
  return address === null ? [] : [note(state, at, ADDRESS_SUPPRESSED, { detail: { address, reason } })];
}

/** Who wants no more mail wants none at the addresses either that we wrote to before. */
function suppressPerson(state: Enrollment, at: number, reason: SuppressionReason): readonly Write[] {
  return [state.lead.email, ...state.formerEmails].flatMap((email) => suppressAddress(state, at, reason, email));
}

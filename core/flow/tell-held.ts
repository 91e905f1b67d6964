import type { CadenceVersion } from "../cadence.ts";
import type { Transition } from "../effects.ts";
import type { Enrollment, HeldReason } from "../enrollment.ts";
import type { Lane } from "../events.ts";
import { tell } from "./tell.ts";

/** The event that tells that a message waits for a person: a step's, or the answer to a reply. */
export function tellHeld(
  state: Enrollment,
  cadence: CadenceVersion,
  at: number,
  lane: Lane,
  draftId: string | null,
  reason: HeldReason,
  detail: string,
): Transition {
  if (reason === "ambiguous") return tellDoubt(state, cadence, at, lane, draftId, "ambiguous", detail);
  const data = { ...whose(state, lane), draftId, reason, detail };
  return tell(state, cadence, at, "cadence.step.held", { data }, { step: data.stepIndex });
}

/** The event that tells of a message that may or may not have arrived. */
export function tellDoubt(
  state: Enrollment,
  cadence: CadenceVersion,
  at: number,
  lane: Lane,
  draftId: string | null,
  reason: "ambiguous" | "assumed_sent",
  detail: string,
): Transition {
  const data = { ...whose(state, lane), draftId, reason, detail };
  return tell(state, cadence, at, "cadence.step.ambiguous", { data }, { step: data.stepIndex });
}

/** The doubt about the message of the step in hand, when the enrollment moves on from it. */
export function tellStepDoubt(
  state: Enrollment,
  cadence: CadenceVersion,
  at: number,
  draftId: string | null,
  detail: string,
): Transition {
  return tellDoubt(state, cadence, at, { of: "step" }, draftId, "ambiguous", detail);
}

function whose(state: Enrollment, lane: Lane): { readonly stepIndex: number | null; readonly reply: number | null } {
  return lane.of === "step" ? { stepIndex: state.step, reply: null } : { stepIndex: null, reply: lane.reply };
}

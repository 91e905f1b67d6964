import type { CadenceVersion } from "../cadence.ts";
import { REPLY_GRACE_MS } from "../contract/limits.ts";
import { stepDelayMs } from "../contract/step.ts";
import type { Transition } from "../effects.ts";
import type { Draft, Enrollment, Exit, OutcomeKind, Phase, StepOutcome } from "../enrollment.ts";
import { become, note, andThen } from "./build.ts";
import { tellEnd } from "./tell.ts";

/** The step in hand is done, with exactly one outcome; the next one is due its delay from now, or the cadence is complete. */
export function next(state: Enrollment, cadence: CadenceVersion, at: number, outcome: OutcomeKind, draft: Draft | null, reason: string | null = null): Transition {
  const passed = { ...state, outcomes: [...state.outcomes, stepOutcome(state, outcome, at, draft, reason)], anchorAt: at };
  const step = state.step + 1;
  const following = cadence.steps[step];
  if (following === undefined) return finish(passed, cadence, at, { state: "completed", reason: null, detail: null });
  return become({ ...passed, step, phase: waiting(at + stepDelayMs(following)) });
}

/**
 * The end. A message in flight is not stopped by it; the end is remembered and takes effect at whatever exit the send takes.
 * A slot that was reserved and not used is given back.
 */
export function exit(state: Enrollment, cadence: CadenceVersion, at: number, end: Exit): Transition {
  if (state.phase.name === "finished") return become(state);
  if (state.phase.name === "sending") {
    if (state.phase.interruptedBy !== null) return become(state);
    return become({ ...state, phase: { ...state.phase, interruptedBy: end } }, [note(state, at, "stopped_while_sending", { detail: { ...end } })]);
  }
  const draft = "draft" in state.phase ? state.phase.draft : null;
  const stopped = { ...giveSlotBack(state, draft), outcomes: [...state.outcomes, stepOutcome(state, "stopped", at, draft, end.reason)] };
  return finish(stopped, cadence, at, end);
}

/** Into `finished`, told to the customer; the object stays as long as late replies may come. */
export function finish(state: Enrollment, cadence: CadenceVersion, at: number, end: Exit): Transition {
  const finished: Enrollment = { ...state, paused: null, phase: { name: "finished", exit: end, at, wakeAt: at + REPLY_GRACE_MS } };
  const noted = become(finished, [note(state, at, end.state, { detail: { reason: end.reason, detail: end.detail } })]);
  return andThen(noted, (after) => tellEnd(after, cadence, at, end));
}

/** Due at `dueAt`. */
export function waiting(dueAt: number, previousDraftId: string | null = null): Phase {
  return { name: "waiting", dueAt, previousDraftId, waitingFor: null, wakeAt: dueAt };
}

/** A slot that won't be used goes on the list of those to give back; the alarm does it. */
export function giveSlotBack(state: Enrollment, draft: Draft | null): Enrollment {
  if (draft === null || draft.slotDay === null) return state;
  return { ...state, unusedSlots: [...state.unusedSlots, { draftId: draft.id, day: draft.slotDay }] };
}

function stepOutcome(state: Enrollment, outcome: OutcomeKind, at: number, draft: Draft | null, reason: string | null): StepOutcome {
  return { step: state.step, outcome, at, draftId: draft?.id ?? null, reason };
}

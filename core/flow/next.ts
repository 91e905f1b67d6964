import type { CadenceVersion } from "../cadence.ts";
import { REPLY_GRACE_MS } from "../contract/limits.ts";
import { dueAfter } from "../due-after.ts";
import type { Transition } from "../effects.ts";
import {
  canReopen,
  type Draft,
  type Enrollment,
  type Exit,
  type OutcomeKind,
  type Phase,
  type SlotRef,
  type StepOutcome,
} from "../enrollment.ts";
import { andThen, become, note, nothing } from "./build.ts";
import { tellEnd } from "./tell.ts";
import { tellStepDoubt } from "./tell-held.ts";

/**
 * The step in hand is done, with exactly one outcome; the next one is due its delay from now, or the cadence is complete.
 * `repliesFrom`: since when somebody may have answered this step.
 */
export function next(
  state: Enrollment,
  cadence: CadenceVersion,
  at: number,
  outcome: OutcomeKind,
  draft: Draft | null,
  reason: string | null = null,
  repliesFrom = at,
): Transition {
  const passed = {
    ...state,
    outcomes: [...state.outcomes, stepOutcome(state, outcome, at, draft, reason)],
    anchorAt: at,
    repliesFrom,
    place: null,
  };
  const step = state.step + 1;
  if (cadence.steps[step] === undefined)
    return finish(passed, cadence, at, { state: "completed", reason: null, detail: null });
  return become({ ...passed, step, phase: waiting(dueAfter(at, state.id, step, cadence)) });
}

/**
 * The end. A message in flight is not stopped by it; the end is remembered and takes effect at whatever exit the send takes.
 * A slot that was reserved and not used is given back. A final end takes the place of one that could be taken back.
 */
export function exit(state: Enrollment, cadence: CadenceVersion, at: number, end: Exit): Transition {
  const { phase } = state;
  if (phase.name === "finished") {
    if (!canReopen(phase.exit) || canReopen(end)) return become(state);
    const final = become({ ...state, phase: { ...phase, exit: end } }, [
      note(state, at, end.state, { detail: { reason: end.reason, detail: end.detail } }),
    ]);
    return andThen(final, (after) => tellEnd(after, cadence, at, end));
  }
  if (phase.name === "sending") {
    if (phase.interruptedBy !== null && (!canReopen(phase.interruptedBy) || canReopen(end))) return become(state);
    return become({ ...state, phase: { ...phase, interruptedBy: end } }, [
      note(state, at, "stopped_while_sending", { detail: { ...end } }),
    ]);
  }
  const draft = "draft" in phase ? phase.draft : null;
  const job = "job" in phase ? phase.job : null;
  const record = (outcome: OutcomeKind) => (after: Enrollment) =>
    finish(
      { ...after, outcomes: [...after.outcomes, stepOutcome(after, outcome, at, draft, end.reason)] },
      cadence,
      at,
      end,
    );
  if (job === null || job.doubt === null) return record("stopped")(giveSlotBack(state, draft));
  // It may have arrived: "stopped" would be a guess. What is held for it has been told already.
  const told = phase.name === "held" ? nothing(state) : tellStepDoubt(state, cadence, at, draft?.id ?? null, job.doubt);
  return andThen(told, (after) => record("ambiguous")({ ...after, anchorAt: at, repliesFrom: job.intentAt }));
}

/** Into `finished`, told to the customer; the object stays as long as late replies may come. A pause outlives an end that is taken back. */
export function finish(state: Enrollment, cadence: CadenceVersion, at: number, end: Exit): Transition {
  const finished: Enrollment = {
    ...state,
    place: null,
    phase: { name: "finished", exit: end, at, wakeAt: at + REPLY_GRACE_MS },
  };
  const noted = become(finished, [note(state, at, end.state, { detail: { reason: end.reason, detail: end.detail } })]);
  return andThen(noted, (after) => tellEnd(after, cadence, at, end));
}

/** Due at `dueAt`. */
export function waiting(dueAt: number, previousDraftId: string | null = null): Phase {
  return { name: "waiting", dueAt, previousDraftId, waitingFor: null, wakeAt: dueAt };
}

/** The step is to be asked for anew. A draft that was never asked for isn't named to the customer as the one before. */
export function askAnew(state: Enrollment, at: number, draft: Draft | null): Enrollment {
  const previous = draft !== null && draft.attempt === 0 ? draft.previousDraftId : (draft?.id ?? null);
  return { ...giveSlotBack(state, draft), phase: waiting(at, previous) };
}

/** A slot that won't be used goes on the list of those to give back, and so does a place; the alarm does it. */
export function giveSlotBack(state: Enrollment, draft: Draft | null): Enrollment {
  const free = givePlaceBack(state);
  if (draft === null || draft.slotDay === null) return free;
  return { ...free, unusedSlots: [...free.unusedSlots, { draftId: draft.id, day: draft.slotDay }] };
}

/** A slot that came when nobody wanted it goes on that list; not the very one that the draft in hand has, or that a message has used. */
export function withoutOrphanSlot(state: Enrollment, slot: SlotRef): Enrollment {
  const draft = "draft" in state.phase ? state.phase.draft : null;
  const isInHand = draft?.id === slot.draftId && draft.slotDay === slot.day;
  const isUsed = state.outcomes.some(
    ({ draftId, outcome }) => draftId === slot.draftId && (outcome === "sent" || outcome === "ambiguous"),
  );
  return isInHand || isUsed ? state : { ...state, unusedSlots: [...state.unusedSlots, slot] };
}

/** The place alone: its turn at the mailbox is another's. */
export function givePlaceBack(state: Enrollment): Enrollment {
  const { place = null } = state;
  return place === null ? state : { ...state, place: null, unusedSlots: [...state.unusedSlots, place] };
}

function stepOutcome(
  state: Enrollment,
  outcome: OutcomeKind,
  at: number,
  draft: Draft | null,
  reason: string | null,
): StepOutcome {
  return { step: state.step, outcome, at, draftId: draft?.id ?? null, reason };
}

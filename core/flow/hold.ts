import type { CadenceVersion } from "../cadence.ts";
import type { Transition } from "../effects.ts";
import type { Draft, Enrollment, HeldReason, SendJob, Words } from "../enrollment.ts";
import { andThen, become, note } from "./build.ts";
import { nextLookAt } from "./next-look.ts";
import { tellHeld } from "./tell-held.ts";

/** What a held step keeps, so that a person finds it as it was. */
export interface Kept {
  readonly draft: Draft | null;
  readonly words: Words | null;
  readonly job: SendJob | null;
}

/** The step waits for a person; nothing behind it moves. Told as `cadence.step.held`, or `.ambiguous` for a doubtful send. */
export function hold(
  state: Enrollment,
  cadence: CadenceVersion,
  at: number,
  because: HeldReason,
  why: string,
  kept: Kept,
): Transition {
  const { reason, detail } = heldFor(because, why, kept.job);
  const { draft, words, job } = kept;
  const held: Enrollment = {
    ...state,
    phase: { name: "held", reason, detail, draft, words, job, since: at, wakeAt: nextLookAt(reason, job, at) },
  };
  const draftId = draft?.id ?? null;
  const noted = become(held, [note(state, at, "held", { subjectId: draftId, detail: { reason, detail } })]);
  return andThen(noted, (after) => tellHeld(after, cadence, at, { of: "step" }, draftId, reason, detail));
}

/** A message that may be out is held as that, whatever stopped it now: it must not be sent or changed before a person settled it. */
export function heldFor(
  reason: HeldReason,
  detail: string,
  job: SendJob | null,
): { readonly reason: HeldReason; readonly detail: string } {
  const doubt = job?.doubt ?? null;
  return doubt === null || reason === "ambiguous"
    ? { reason, detail }
    : { reason: "ambiguous", detail: `${doubt}; then ${reason}: ${detail}` };
}

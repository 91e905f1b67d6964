import type { CadenceVersion } from "../cadence.ts";
import type { Transition } from "../effects.ts";
import type { Draft, Enrollment, HeldReason, SendJob, Words } from "../enrollment.ts";
import { become, note, andThen } from "./build.ts";
import { tell } from "./tell.ts";

/** What a held step keeps, so that a person finds it as it was. */
export interface Kept {
  readonly draft: Draft | null;
  readonly words: Words | null;
  readonly job: SendJob | null;
}

/** The step waits for a person; nothing behind it moves. Told as `cadence.step.held`, or `.ambiguous` for a doubtful send. */
export function hold(state: Enrollment, cadence: CadenceVersion, at: number, reason: HeldReason, detail: string, kept: Kept): Transition {
  const held: Enrollment = { ...state, phase: { name: "held", reason, detail, ...kept, since: at, wakeAt: null } };
  const draftId = kept.draft?.id ?? null;
  const noted = become(held, [note(state, at, "held", { subjectId: draftId, detail: { reason, detail } })]);
  const type = reason === "ambiguous" ? "cadence.step.ambiguous" : "cadence.step.held";
  return andThen(noted, (after) => tell(after, cadence, at, type, { data: { stepIndex: state.step, draftId, reason, detail } }));
}

import { type Enrollment, type EnrollmentState, type HeldPhase, stateOf } from "./enrollment.ts";
import { nextDueAt } from "./wake.ts";

/**
 * The enrollment as the index keeps it, as of `revision`. Times in milliseconds. `heldReason` and `draftId` are about what
 * waits for a person, be it the step or an answer to a reply, whatever the `state` is; else `draftId` is the one in hand.
 */
export interface IndexRow {
  readonly id: string;
  readonly revision: number;
  readonly state: EnrollmentState;
  readonly exitReason: string | null;
  readonly phase: string;
  readonly step: number;
  readonly heldReason: string | null;
  readonly draftId: string | null;
  readonly nextDueAt: number | null;
  readonly leadName: string | null;
  readonly leadEmail: string | null;
  /** The addresses that the lead had before; null for none. */
  readonly formerEmails: readonly string[] | null;
  readonly updatedAt: number;
}

/** What the index is told of an enrollment at `now`. */
export function indexRow(state: Enrollment, now: number): IndexRow {
  const { phase, lead } = state;
  const held = heldOf(state);
  return {
    id: state.id,
    revision: state.revision,
    state: stateOf(state),
    exitReason: phase.name === "finished" ? phase.exit.reason : null,
    phase: phase.name,
    step: state.step,
    heldReason: held?.reason ?? null,
    draftId: (held ?? ("draft" in phase ? phase : null))?.draft?.id ?? null,
    nextDueAt: nextDueAt(state),
    leadName: lead.name,
    leadEmail: lead.email,
    formerEmails: state.formerEmails.length === 0 ? null : state.formerEmails,
    updatedAt: now,
  };
}

/** What a person has to look at first: the step in hand, else the oldest answer to a reply. */
function heldOf({ phase, answers }: Enrollment): HeldPhase | null {
  const phases = [phase, ...answers.map((answer) => answer.phase)];
  return phases.find((candidate) => candidate.name === "held") ?? null;
}

import { type Enrollment, type EnrollmentState, stateOf } from "./enrollment.ts";
import { nextDueAt } from "./wake.ts";

/** The enrollment as the index keeps it, as of `revision`. Times in milliseconds. */
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
  readonly updatedAt: number;
}

/** What the index is told of an enrollment at `now`. */
export function indexRow(state: Enrollment, now: number): IndexRow {
  const { phase, lead } = state;
  return {
    id: state.id,
    revision: state.revision,
    state: stateOf(state),
    exitReason: phase.name === "finished" ? phase.exit.reason : null,
    phase: phase.name,
    step: state.step,
    heldReason: phase.name === "held" ? phase.reason : null,
    draftId: "draft" in phase ? (phase.draft?.id ?? null) : null,
    nextDueAt: nextDueAt(state),
    leadName: lead.name,
    leadEmail: lead.email,
    updatedAt: now,
  };
}

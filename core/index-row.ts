import { type Enrollment, type EnrollmentState, type HeldPhase, stateOf, type TaskedPhase } from "./enrollment.ts";
import { standingOf } from "./linkedin/standing.ts";
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
  /** What a person has to do, the step's or the answer to a reply, and until when; null for nothing; absent in messages from before there were any, as the next. */
  readonly task?: { readonly kind: string; readonly dueAt: number } | null;
  /** How the lead and the account stand on LinkedIn; null before the person was found there. */
  readonly linkedin?: LinkedinRow | null;
}

/** A person on LinkedIn as the index keeps them. Times in milliseconds. */
export interface LinkedinRow {
  readonly accountId: string;
  readonly profileId: string;
  readonly publicId: string | null;
  readonly invitedAt: number | null;
  readonly invitationId: string | null;
  readonly acceptedAt: number | null;
  readonly withdrawnAt: number | null;
}

/** What the index is told of an enrollment at `now`. */
export function indexRow(state: Enrollment, now: number): IndexRow {
  const { phase, lead } = state;
  const held = heldOf(state);
  const task = taskOf(state);
  return {
    id: state.id,
    revision: state.revision,
    state: stateOf(state),
    exitReason: phase.name === "finished" ? phase.exit.reason : null,
    phase: phase.name,
    step: state.step,
    heldReason: held?.reason ?? null,
    draftId: (held ?? task ?? ("draft" in phase ? phase : null))?.draft?.id ?? null,
    nextDueAt: nextDueAt(state),
    leadName: lead.name,
    leadEmail: lead.email,
    formerEmails: state.formerEmails.length === 0 ? null : state.formerEmails,
    updatedAt: now,
    task: task === null ? null : { kind: task.kind, dueAt: task.dueAt },
    linkedin: linkedinRow(state),
  };
}

/** What a person has to do first: the step in hand, else the oldest answer to a reply. */
function taskOf({ phase, answers }: Enrollment): TaskedPhase | null {
  const phases = [phase, ...answers.map((answer) => answer.phase)];
  return phases.find((candidate) => candidate.name === "tasked") ?? null;
}

function linkedinRow(state: Enrollment): LinkedinRow | null {
  const { profileId, publicId, invitation } = standingOf(state);
  const accountId = state.linkedinAccountId ?? null;
  if (accountId === null || profileId === null) return null;
  return {
    accountId,
    profileId,
    publicId,
    invitedAt: invitation?.at ?? null,
    invitationId: invitation?.id ?? null,
    acceptedAt: invitation?.acceptedAt ?? null,
    withdrawnAt: invitation?.withdrawnAt ?? null,
  };
}

/** What a person has to look at first: the step in hand, else the oldest answer to a reply. */
function heldOf({ phase, answers }: Enrollment): HeldPhase | null {
  const phases = [phase, ...answers.map((answer) => answer.phase)];
  return phases.find((candidate) => candidate.name === "held") ?? null;
}

import type { CadenceVersion } from "../cadence.ts";
import { recipientOf } from "../channel.ts";
import type { Transition } from "../effects.ts";
import type {
  Draft,
  Enrollment,
  HeldPhase,
  HeldReason,
  OutcomeKind,
  Phase,
  ReadyPhase,
  SendingPhase,
  SendJob,
  TaskedPhase,
  Words,
} from "../enrollment.ts";
import type { Lane } from "../events.ts";
import { andThen, become, note, nothing } from "./build.ts";
import { heldFor, hold } from "./hold.ts";
import { finish, giveSlotBack } from "./next.ts";
import { nextLookAt } from "./next-look.ts";
import { tellHeld, tellStepDoubt } from "./tell-held.ts";

/** The phase of the message in a lane: the step in hand, or the answer to one reply. */
export function phaseOf(state: Enrollment, lane: Lane): Phase | null {
  if (lane.of === "step") return state.phase;
  return state.answers.find((answer) => answer.reply === lane.reply)?.phase ?? null;
}

/** The enrollment with the lane's phase replaced. */
export function withPhase(
  state: Enrollment,
  lane: Lane,
  phase: ReadyPhase | SendingPhase | HeldPhase | TaskedPhase,
): Enrollment {
  if (lane.of === "step") return { ...state, phase };
  return {
    ...state,
    answers: state.answers.map((answer) => (answer.reply === lane.reply ? { ...answer, phase } : answer)),
  };
}

/** The answer to a reply is done with. */
export function dropLane(state: Enrollment, reply: number): Enrollment {
  return { ...state, answers: state.answers.filter((answer) => answer.reply !== reply) };
}

/** A message that waits for a person, and the customer is told. For a step the enrollment is held; an answer to a reply is held by itself. */
export function holdLane(
  state: Enrollment,
  at: number,
  lane: Lane,
  phase: ReadyPhase | SendingPhase,
  reason: HeldReason,
  detail: string,
  cadence: CadenceVersion,
): Transition {
  const kept = { draft: phase.draft, words: phase.words, job: phase.job };
  if (lane.of === "step") return hold(state, cadence, at, reason, detail, kept);
  const because = heldFor(reason, detail, phase.job);
  const held: HeldPhase = {
    name: "held",
    ...because,
    ...kept,
    since: at,
    wakeAt: nextLookAt(because.reason, phase.job, at),
  };
  const noted = become(withPhase(state, lane, held), [
    note(state, at, "reply_answer_held", { subjectId: phase.draft.id, detail: { ...because } }),
  ]);
  return andThen(noted, (after) => tellHeld(after, cadence, at, lane, phase.draft.id, because.reason, because.detail));
}

/** Leaves `sending` into the end that was accepted meanwhile, with the step's one outcome; what may have arrived is told as that. */
export function laneExit(
  state: Enrollment,
  at: number,
  lane: Lane,
  phase: SendingPhase,
  outcome: OutcomeKind,
  cadence: CadenceVersion,
): Transition {
  const { interruptedBy, draft, job } = phase;
  if (lane.of === "reply")
    return job.doubt === null
      ? become(dropLane(state, lane.reply))
      : holdLane(state, at, lane, phase, "ambiguous", job.doubt, cadence);
  if (interruptedBy === null) return nothing(state);
  const told =
    outcome === "ambiguous"
      ? tellStepDoubt(state, cadence, at, draft.id, job.doubt ?? "")
      : nothing(job.doubt === null ? giveSlotBack(state, draft) : state);
  return andThen(told, (after) => {
    const recorded = {
      ...after,
      anchorAt: at,
      repliesFrom: job.intentAt,
      outcomes: [...after.outcomes, { step: after.step, outcome, at, draftId: draft.id, reason: interruptedBy.reason }],
    };
    return finish(recorded, cadence, at, interruptedBy);
  });
}

/** Back to `ready` with the very same bytes; unless they surely haven't left and the lead has another address by now. */
export function sendAgain(state: Enrollment, lane: Lane, phase: SendingPhase, wakeAt: number): Enrollment {
  const { draft, words, job } = phase;
  const kept = job.doubt === null && job.to !== recipientOf(state, job.channel) ? null : job;
  return withPhase(state, lane, {
    name: "ready",
    draft,
    words,
    job: kept,
    since: job.intentAt,
    waitingFor: null,
    wakeAt,
  });
}

/** A message that waits, looked at as one in flight: what comes next is one of the exits from there. */
export function asSending(draft: Draft, words: Words, job: SendJob, at: number): SendingPhase {
  return { name: "sending", draft, words, job, interruptedBy: null, wakeAt: at };
}

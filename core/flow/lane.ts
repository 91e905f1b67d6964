import type { CadenceVersion } from "../cadence.ts";
import type { Transition } from "../effects.ts";
import type { Enrollment, HeldPhase, HeldReason, OutcomeKind, Phase, ReadyPhase, SendingPhase } from "../enrollment.ts";
import type { Lane } from "../events.ts";
import { become, note, nothing } from "./build.ts";
import { hold } from "./hold.ts";
import { finish } from "./next.ts";

/** The phase of the message in a lane: the step in hand, or the answer to one reply. */
export function phaseOf(state: Enrollment, lane: Lane): Phase | null {
  if (lane.of === "step") return state.phase;
  return state.answers.find((answer) => answer.reply === lane.reply)?.phase ?? null;
}

/** The enrollment with the lane's phase replaced. */
export function withPhase(state: Enrollment, lane: Lane, phase: ReadyPhase | SendingPhase | HeldPhase): Enrollment {
  if (lane.of === "step") return { ...state, phase };
  return { ...state, answers: state.answers.map((answer) => (answer.reply === lane.reply ? { ...answer, phase } : answer)) };
}

/** The answer to a reply is done with. */
export function dropLane(state: Enrollment, reply: number): Enrollment {
  return { ...state, answers: state.answers.filter((answer) => answer.reply !== reply) };
}

/** A message that waits for a person. For a step the enrollment is held; an answer to a reply is held by itself. */
export function holdLane(state: Enrollment, at: number, lane: Lane, phase: ReadyPhase | SendingPhase, reason: HeldReason, detail: string, cadence: CadenceVersion): Transition {
  const kept = { draft: phase.draft, words: phase.words, job: phase.job };
  if (lane.of === "step") return hold(state, cadence, at, reason, detail, kept);
  const held: HeldPhase = { name: "held", reason, detail, ...kept, since: at, wakeAt: null };
  return become(withPhase(state, lane, held), [note(state, at, "reply_answer_held", { subjectId: phase.draft.id, detail: { reason, detail } })]);
}

/** Leaves `sending` into the end that was accepted meanwhile, with the step's one outcome. */
export function laneExit(state: Enrollment, at: number, lane: Lane, phase: SendingPhase, outcome: OutcomeKind, cadence: CadenceVersion): Transition {
  if (lane.of === "reply") return become(dropLane(state, lane.reply));
  if (phase.interruptedBy === null) return nothing(state);
  const recorded = { ...state, outcomes: [...state.outcomes, { step: state.step, outcome, at, draftId: phase.draft.id, reason: phase.interruptedBy.reason }] };
  return finish(recorded, cadence, at, phase.interruptedBy);
}

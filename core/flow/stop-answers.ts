import type { CadenceVersion } from "../cadence.ts";
import type { Transition } from "../effects.ts";
import type { Enrollment, Exit } from "../enrollment.ts";
import { andThen, become, note, nothing } from "./build.ts";
import { dropLane, holdLane, withPhase } from "./lane.ts";

/** Answers to replies that wait don't go out; one in flight finishes and isn't repeated; a doubtful one is for a person. */
export function stopAnswers(state: Enrollment, at: number, end: Exit, cadence: CadenceVersion): Transition {
  return state.answers.reduce<Transition>((before, { reply, phase }) => {
    const lane = { of: "reply", reply } as const;
    const doubt = phase.name === "tasked" ? null : (phase.job?.doubt ?? null);
    if (phase.name === "sending")
      return andThen(before, (after) => become(withPhase(after, lane, { ...phase, interruptedBy: end })));
    if (phase.name === "ready" && doubt !== null)
      return andThen(before, (after) => holdLane(after, at, lane, phase, "ambiguous", doubt, cadence));
    if (doubt !== null) return before;
    return andThen(before, (after) =>
      become(dropLane(after, reply), [
        note(after, at, "reply_answer_dropped", { detail: { reply, reason: end.reason } }),
      ]),
    );
  }, nothing(state));
}

import type { Transition } from "../effects.ts";
import type { Enrollment, HeldPhase } from "../enrollment.ts";
import type { EventOf, Lane } from "../events.ts";
import { become, note, nothing } from "./build.ts";
import { phaseOf, withPhase } from "./lane.ts";
import { nextLookAt } from "./next-look.ts";

/** It is time to look. Each look is counted before it is made, so that one that a crash cut off is not made for ever. */
export function lookUp(state: Enrollment, at: number, lane: Lane, phase: HeldPhase): Transition {
  const { job, reason } = phase;
  if (job === null || job.lookUps === null) return nothing(state);
  const counted = { ...job, lookUps: job.lookUps + 1 };
  const waiting = { ...phase, job: counted, wakeAt: nextLookAt(reason, counted, at) };
  return become(
    withPhase(state, lane, waiting),
    [],
    [{ type: "look_message_up", lane, sendKey: job.sendKey, provider: job.provider }],
  );
}

/** Not found, or not to be read: that proves nothing, and the message stays as doubtful as it was. */
export function lookedUpInVain(state: Enrollment, event: EventOf<"message_looked_up">): Transition {
  const phase = phaseOf(state, event.lane);
  if (phase?.name !== "held" || phase.job?.sendKey !== event.sendKey) return nothing(state);
  return become(state, [
    note(state, event.at, "looked_up", {
      subjectId: event.sendKey,
      detail: { ...event.result, looks: phase.job.lookUps },
    }),
  ]);
}

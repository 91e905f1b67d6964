import type { CadenceVersion } from "../cadence.ts";
import { LEASE_MS } from "../contract/limits.ts";
import type { Transition } from "../effects.ts";
import type { Enrollment, HeldPhase, ReadyPhase, SendJob } from "../enrollment.ts";
import type { EventOf, Lane } from "../events.ts";
import { become, first, note, nothing } from "./build.ts";
import { leaveDoubtful } from "./doubt.ts";
import { asSending, phaseOf, withPhase } from "./lane.ts";
import { lookWaitMs, nextLookAt } from "./next-look.ts";

/** It is time to look at what is held. Each look is counted before it is made, so that one that a crash cut off isn't made for ever. */
export function lookAtHeld(state: Enrollment, at: number, lane: Lane, phase: HeldPhase): Transition {
  const { job, reason } = phase;
  if (job === null || job.lookUps === null) return nothing(state);
  const counted = { ...job, lookUps: job.lookUps + 1 };
  return lookUp(state, lane, { ...phase, job: counted, wakeAt: nextLookAt(reason, counted, at) }, counted);
}

/** Before a message that may have arrived is repeated, or counted as sent, its provider's records are asked. */
export function lookFirst(state: Enrollment, at: number, lane: Lane, phase: ReadyPhase, job: SendJob): Transition {
  const counted = { ...job, lookUps: (job.lookUps ?? 0) + 1 };
  return lookUp(state, lane, { ...phase, job: counted, wakeAt: at + LEASE_MS }, counted);
}

/**
 * The records don't have it, or couldn't be read. That proves nothing: what is held stays held. What waits for its repeat
 * goes on to the gates again where it isn't there, and is looked up later where they couldn't be read.
 */
export function lookedUpInVain(
  state: Enrollment,
  { at, lane, sendKey, look, result }: EventOf<"message_looked_up">,
  cadence: CadenceVersion,
): Transition {
  const phase = phaseOf(state, lane);
  if ((phase?.name !== "held" && phase?.name !== "ready") || phase.job?.sendKey !== sendKey) return nothing(state);
  const line = note(state, at, "looked_up", { subjectId: sendKey, detail: { ...result, looks: look } });
  // Who looked before the last repeat left can't know of it.
  if (phase.name === "held" || look !== phase.job.lookUps) return become(state, [line]);
  const { draft, words, job } = phase;
  if (result.kind === "not_found")
    return become(withPhase(state, lane, { ...phase, job: { ...job, absentAt: at }, wakeAt: at }), [line]);
  const waitMs = cadence.settings.onAmbiguous === "resend_after" ? lookWaitMs(job) : null;
  if (waitMs !== null) return become(withPhase(state, lane, { ...phase, wakeAt: at + waitMs }), [line]);
  return first([line], leaveDoubtful(state, at, lane, asSending(draft, words, job, at), job.doubt ?? "", cadence));
}

function lookUp(state: Enrollment, lane: Lane, phase: HeldPhase | ReadyPhase, job: SendJob): Transition {
  const { sendKey, provider, account } = job;
  const look = job.lookUps ?? 0;
  return become(
    withPhase(state, lane, phase),
    [],
    [{ type: "look_message_up", lane, sendKey, look, provider, account }],
  );
}

import type { CadenceVersion } from "../../../core/cadence.ts";
import type { Transition } from "../../../core/effects.ts";
import type { Enrollment, SendingPhase, SendJob } from "../../../core/enrollment.ts";
import type { Chance, Lane } from "../../../core/events.ts";
import { become } from "../../../core/flow/build.ts";
import { sendAgain } from "../../../core/flow/lane.ts";

/** Sends again whatever it doesn't know the outcome of, as most engines do. Stands in for core/flow/doubt.ts. */
export function doubtful(
  state: Enrollment,
  at: number,
  _chance: Chance,
  lane: Lane,
  phase: SendingPhase,
  _detail: string,
  _cadence: CadenceVersion,
): Transition {
  return become(sendAgain(state, lane, phase, at));
}

export function leaveDoubtful(
  state: Enrollment,
  at: number,
  lane: Lane,
  phase: SendingPhase,
  _detail: string,
  _cadence: CadenceVersion,
): Transition {
  return become(sendAgain(state, lane, phase, at));
}

export function mayLeave(_state: Enrollment, _at: number, _job: SendJob, _cadence: CadenceVersion): boolean {
  return true;
}

export function isRemembered(_job: SendJob, _at: number): boolean {
  return false;
}

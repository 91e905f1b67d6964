import type { CadenceVersion } from "../../../core/cadence.ts";
import type { Transition } from "../../../core/effects.ts";
import type { Enrollment, SendingPhase } from "../../../core/enrollment.ts";
import type { Chance, Lane } from "../../../core/events.ts";
import { become } from "../../../core/flow/build.ts";
import { sendAgain } from "../../../core/flow/lane.ts";
import * as naive from "./naive-resend.ts";

/** Sends again what it doesn't know the outcome of, and doesn't look for it before. Stands in for core/flow/doubt.ts. */
export function doubtful(
  state: Enrollment,
  at: number,
  _chance: Chance,
  lane: Lane,
  phase: SendingPhase,
  _detail: string,
  _cadence: CadenceVersion,
): Transition {
  return become(sendAgain(state, lane, { ...phase, job: { ...phase.job, lookUps: null } }, at));
}

export const leaveDoubtful = naive.leaveDoubtful;
export const mayLeave = naive.mayLeave;
export const isRemembered = naive.isRemembered;

import { sendRetryMs } from "../backoff.ts";
import type { CadenceVersion } from "../cadence.ts";
import { recipientOf } from "../channel.ts";
import type { Transition } from "../effects.ts";
import type { Enrollment, SendingPhase, SendJob } from "../enrollment.ts";
import type { Chance, Lane } from "../events.ts";
import { become } from "./build.ts";
import { holdLane, sendAgain } from "./lane.ts";
import { leavingOf, markSent } from "./mark-sent.ts";
import { lookWaitMs } from "./next-look.ts";

/** Tries of one message, the first included, that a doubt at a provider with idempotency keys may cost. */
const DOUBTFUL_TRIES_MAX = 6;
const RESEND_AFTER_MS = 15 * 60_000;
/** We trust a provider's memory of a key for this part of the window that it promises. */
const WINDOW_TRUST = 0.8;

/** Sent or not, nobody knows: repeat where the provider knows the key, else look it up, else as the cadence chose. */
export function doubtful(
  state: Enrollment,
  at: number,
  chance: Chance,
  lane: Lane,
  phase: SendingPhase,
  detail: string,
  cadence: CadenceVersion,
): Transition {
  const { tries } = phase.job;
  const wakeAt = at + (sendRetryMs(Math.min(tries, 5), chance.dice, chance.hurry) ?? 0);
  if (tries < DOUBTFUL_TRIES_MAX && isRemembered(phase.job, wakeAt))
    return become(sendAgain(state, lane, phase, wakeAt));
  if (tries < DOUBTFUL_TRIES_MAX && cadence.settings.onAmbiguous === "resend_after")
    return become(sendAgain(state, lane, phase, at + RESEND_AFTER_MS));
  // One look before it counts as sent; whoever reads the log knows more then.
  if (cadence.settings.onAmbiguous === "assume_sent" && phase.job.lookUps === 0)
    return become(sendAgain(state, lane, phase, at + (lookWaitMs(phase.job) ?? 0)));
  return leaveDoubtful(state, at, lane, phase, detail, cadence);
}

/** A doubtful message that isn't repeated any more: a person decides, unless the cadence said to go on as if it had arrived. */
export function leaveDoubtful(
  state: Enrollment,
  at: number,
  lane: Lane,
  phase: SendingPhase,
  detail: string,
  cadence: CadenceVersion,
): Transition {
  if (cadence.settings.onAmbiguous !== "assume_sent")
    return holdLane(state, at, lane, phase, "ambiguous", detail, cadence);
  return markSent(
    state,
    at,
    lane,
    leavingOf(phase),
    { messageId: phase.job.messageId, providerMessageId: null, response: detail, assumed: true },
    cadence,
  );
}

/** Gates, a pause or a busy provider may have kept a repeat waiting for longer than it is safe. */
export function mayLeave(state: Enrollment, at: number, job: SendJob, cadence: CadenceVersion): boolean {
  if (job.doubt === null) return true;
  return (
    job.to === recipientOf(state, job.channel) &&
    (isRemembered(job, at) || cadence.settings.onAmbiguous === "resend_after")
  );
}

/** Whether the provider still knows the key at `at`, so that repeating the bytes sends nothing twice. */
export function isRemembered({ idempotencyWindowMs, intentAt }: SendJob, at: number): boolean {
  return idempotencyWindowMs !== null && at - intentAt < idempotencyWindowMs * WINDOW_TRUST;
}

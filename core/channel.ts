import { type Channel, channelOf, type Step } from "./contract/step.ts";
import type { Enrollment } from "./enrollment.ts";
import type { Lane } from "./events.ts";
import type { Facts } from "./facts.ts";
import { standingOf } from "./linkedin/standing.ts";

/** By which way the message of a lane goes: the step's, or the one by which the reply came that it answers. */
export function channelOfLane(state: Enrollment, lane: Lane, step: Step | null): Channel {
  if (lane.of === "step") return channelOfStep(step);
  return state.answers.find(({ reply }) => reply === lane.reply)?.channel ?? "email";
}

/** By which way a step goes; e-mail where there is none to ask. */
export function channelOfStep(step: Step | null): Channel {
  return (step === null ? null : channelOf(step.kind)) ?? "email";
}

/** Whether a person does it instead of a provider. */
export function isByHand(channel: Channel, { linkedin }: Facts): boolean {
  return channel === "task" || (channel === "linkedin" && linkedin?.provider === "manual");
}

/** Whom a message by this way is for: an address, or a profile's id. */
export function recipientOf(state: Enrollment, channel: Channel | undefined): string | null {
  return channel === "linkedin" ? standingOf(state).profileId : state.lead.email;
}

import type { OnDraftFailure, OnNotAccepted, Step, StepCondition, StepKind } from "../../../../core/contract/step.ts";

/** What each kind of step is called. */
export const KINDS = {
  email: "E-mail",
  wait: "Wait",
  linkedin_connect: "LinkedIn invitation",
  linkedin_message: "LinkedIn message",
  task: "Task",
} as const satisfies Record<StepKind, string>;

/** When a step applies. */
export const CONDITIONS = {
  none: "Always",
  no_reply_to_prev: "No reply since the step before",
  never_replied: "They have never replied",
  after_accept: "Their LinkedIn invitation was accepted",
} as const satisfies Record<StepCondition | "none", string>;

/** What becomes of a step whose invitation was not accepted in time. */
export const NOT_ACCEPTED = {
  skip: "Leave this step out",
  stop: "End the enrollment",
} as const satisfies Record<OnNotAccepted, string>;

/** What happens when no draft can be had. */
export const FAILURES = {
  hold: "Hold it for a person",
  fallback: "Send the fallback text",
  skip: "Leave this step out",
  stop: "End the enrollment",
} as const satisfies Record<OnDraftFailure, string>;

/** Who writes the words. */
export const STRATEGIES = {
  webhook: "Your endpoint writes it",
  static: "The same words for everybody",
} as const satisfies Record<Step["draftStrategy"], string>;

const UNIT_SECONDS = { day: 86_400, hour: 3_600, minute: 60, second: 1 } as const;
/** A unit that a delay is given in. */
export type DelayUnit = keyof typeof UNIT_SECONDS;

/** A delay as a person would say it. */
export interface Delay {
  readonly amount: number;
  readonly unit: DelayUnit;
}

/** The delay of a step in the greatest unit in which it is whole; days with a fraction where none is. */
export function delayOf({ delayDays, delaySeconds = 0 }: Pick<Step, "delayDays" | "delaySeconds">): Delay {
  const seconds = Math.round(delayDays * UNIT_SECONDS.day) + delaySeconds;
  if (seconds === 0) return { amount: 0, unit: "day" };
  for (const unit of ["day", "hour", "minute"] as const)
    if (seconds % UNIT_SECONDS[unit] === 0) return { amount: seconds / UNIT_SECONDS[unit], unit };
  return { amount: seconds, unit: "second" };
}

/** How a delay is stored: seconds by themselves, which only test mode takes, and all else as days. */
export function delayFields({ amount, unit }: Delay): Pick<Step, "delayDays" | "delaySeconds"> {
  if (unit === "second") return { delayDays: 0, delaySeconds: amount };
  return { delayDays: (amount * UNIT_SECONDS[unit]) / UNIT_SECONDS.day, delaySeconds: undefined };
}

/** "2 days", "1 hour". */
export function sayDelay({ amount, unit }: Delay): string {
  return `${amount.toLocaleString("en", { maximumFractionDigits: 3 })} ${unit}${amount === 1 ? "" : "s"}`;
}

/** What stands on the line above a step. */
export function sayWhen(step: Step, index: number): string {
  const delay = delayOf(step);
  if (delay.amount === 0) return index === 0 ? "As soon as a lead is enrolled" : "As soon as the step before is done";
  return index === 0
    ? `${sayDelay(delay)} after a lead is enrolled`
    : `${sayDelay(delay)} after the step before is done`;
}

/** One line about a step: its words where they are fixed, else what the endpoint is told. */
export function sumUp(step: Step): string {
  if (step.kind === "wait") return step.notes ?? `A pause of ${sayDelay(delayOf(step))}. Nothing is sent.`;
  if (isBareInvitation(step)) return "An invitation without a note.";
  const words = step.draftStrategy === "static" ? (step.staticSubject ?? step.staticBody) : step.promptHint;
  return words ?? (step.draftStrategy === "static" ? "No words yet." : "Your endpoint writes it.");
}

/** An invitation that says nothing. */
export function isBareInvitation({ kind, draftStrategy, staticBody }: Step): boolean {
  return kind === "linkedin_connect" && draftStrategy === "static" && staticBody === null;
}

/** Whether a step waits for an invitation to be accepted. */
export function waitsForAcceptance({ kind, condition }: Step): boolean {
  return kind === "linkedin_message" || (kind !== "wait" && condition === "after_accept");
}

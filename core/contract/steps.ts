import { z } from "zod";
import { STEPS_MAX } from "./limits.ts";
import { Step } from "./step.ts";

/** All steps of a cadence, with the rules that one step alone can't tell. */
export const Steps = z
  .array(Step)
  .max(STEPS_MAX)
  .superRefine((steps, context) => {
    for (const { path, message } of stepProblems(steps)) context.addIssue({ code: "custom", path: [...path], message });
  });

/** Whether the customer's endpoint is asked for any of these steps. */
export function asksEndpoint(steps: readonly Step[]): boolean {
  return steps.some((step) => step.kind !== "wait" && step.draftStrategy === "webhook");
}

/** Whether any of these steps leaves by a mailbox. */
export function needsMailbox(steps: readonly Step[]): boolean {
  return steps.some((step) => step.kind === "email");
}

/** Whether any of these steps is for a LinkedIn account to do. */
export function needsLinkedinAccount(steps: readonly Step[]): boolean {
  return steps.some((step) => step.kind === "linkedin_connect" || step.kind === "linkedin_message");
}

/** Whether any delay is given in seconds, which is for sandbox and local use. */
export function hasSecondDelays(steps: readonly Step[]): boolean {
  return steps.some((step) => step.delaySeconds !== undefined);
}

interface StepProblem {
  readonly path: readonly (number | string)[];
  readonly message: string;
}

function stepProblems(steps: readonly Step[]): StepProblem[] {
  const firstEmail = steps.findIndex((step) => step.kind === "email");
  return steps.flatMap((step, index) => {
    if (step.kind === "wait") return [];
    const found: StepProblem[] = [];
    const speaksStatic = step.draftStrategy === "static" || step.onDraftFailure === "fallback";
    // An invitation may go without a note.
    const isBare = step.kind === "linkedin_connect" && step.draftStrategy === "static";
    if (speaksStatic && step.staticBody === null && !isBare) {
      const why = step.draftStrategy === "static" ? 'draftStrategy "static"' : 'onDraftFailure "fallback"';
      found.push({ path: [index, "staticBody"], message: `${why} needs a staticBody: it is the text that is sent` });
    }
    if (index === firstEmail && step.draftStrategy === "static" && step.staticSubject === null)
      found.push({
        path: [index, "staticSubject"],
        message: "the first e-mail of a cadence opens the thread, so it needs a staticSubject",
      });
    return found;
  });
}

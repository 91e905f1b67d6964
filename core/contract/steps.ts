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

/** Something in a step that is stored but can't run yet. */
export const NotAvailableYet = z
  .strictObject({
    step: z.number().int().meta({ description: "Index of the step, from 0." }),
    field: z.enum(["kind", "condition"]),
    value: z.string(),
    detail: z.string(),
  })
  .meta({ id: "NotAvailableYet" });
export type NotAvailableYet = z.infer<typeof NotAvailableYet>;

/** What of these steps is stored but can't run yet: publishing waits for it. */
export function notAvailableYet(steps: readonly Step[]): NotAvailableYet[] {
  return steps.flatMap((step, index): NotAvailableYet[] => {
    const found: NotAvailableYet[] = [];
    if (step.kind !== "email" && step.kind !== "wait")
      found.push({
        step: index,
        field: "kind",
        value: step.kind,
        detail: `Step ${index} is a ${step.kind} step; only email and wait steps can be published so far.`,
      });
    if (step.condition === "after_accept")
      found.push({
        step: index,
        field: "condition",
        value: step.condition,
        detail: `Step ${index} waits for a LinkedIn invitation to be accepted (after_accept), which is not available yet.`,
      });
    return found;
  });
}

/** Whether the customer's endpoint is asked for any of these steps. */
export function asksEndpoint(steps: readonly Step[]): boolean {
  return steps.some((step) => step.kind !== "wait" && step.draftStrategy === "webhook");
}

/** Whether any of these steps leaves by a mailbox. */
export function needsMailbox(steps: readonly Step[]): boolean {
  return steps.some((step) => step.kind === "email");
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
    if (speaksStatic && step.staticBody === null) {
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

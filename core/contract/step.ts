import { z } from "zod";
import {
  ACCEPT_WITHIN_DAYS,
  ACCEPT_WITHIN_DAYS_MAX,
  DELAY_DAYS_MAX,
  DRAFT_BODY_BYTES_MAX,
  DUE_WITHIN_HOURS,
  DUE_WITHIN_HOURS_MAX,
  SUBJECT_CHARACTERS_MAX,
} from "./limits.ts";
import { bodyText, freeText, headerText } from "./text.ts";

export const StepKind = z.enum(["email", "linkedin_connect", "linkedin_message", "wait", "task"]);
export type StepKind = z.infer<typeof StepKind>;

/** Where a step applies: MyAgentMail's three. `no_reply_to_prev`: no reply since the step before; `never_replied`: none at all. */
export const StepCondition = z.enum(["after_accept", "no_reply_to_prev", "never_replied"]);
export type StepCondition = z.infer<typeof StepCondition>;

/** What becomes of a step whose invitation was not accepted in time. */
export const OnNotAccepted = z.enum(["skip", "stop"]);
export type OnNotAccepted = z.infer<typeof OnNotAccepted>;

export const OnDraftFailure = z.enum(["hold", "fallback", "skip", "stop"]);
export type OnDraftFailure = z.infer<typeof OnDraftFailure>;

const AI_SAYS_WHAT_TO_DO =
  'draftStrategy "ai" is not offered: Drafthook never runs a model. Use "webhook" (your own endpoint writes the text) or "static" (staticSubject and staticBody).';

/** One step of a cadence. Delays count from the completion of the step before; `delaySeconds` is for sandbox and local use. */
export const Step = z
  .strictObject({
    kind: StepKind,
    delayDays: z
      .number()
      .min(0)
      .max(DELAY_DAYS_MAX, { error: `must be at most ${DELAY_DAYS_MAX} days; for more, put a wait step before it` })
      .default(0)
      .meta({
        description:
          "Of 24 hours each, from the completion of the step before; fractions allowed. What is due outside the sending windows waits for the next.",
      }),
    delaySeconds: z.number().int().min(0).max(86_400).optional(),
    condition: StepCondition.nullable().default(null),
    acceptWithinDays: z
      .number()
      .int()
      .min(1)
      .max(ACCEPT_WITHIN_DAYS_MAX)
      .optional()
      .meta({
        description: `How long a step that needs the LinkedIn invitation accepted (after_accept, or a LinkedIn message to somebody who isn't connected) waits for it, counted from the invitation; ${ACCEPT_WITHIN_DAYS} when left out.`,
      }),
    onNotAccepted: OnNotAccepted.optional().meta({
      description: "What happens then: `skip` (also when left out) passes the step over, `stop` ends the enrollment.",
    }),
    dueWithinHours: z
      .number()
      .int()
      .min(1)
      .max(DUE_WITHIN_HOURS_MAX)
      .optional()
      .meta({
        description: `Until when a person should have done it, of a task and of a LinkedIn step that a person does; ${DUE_WITHIN_HOURS} when left out.`,
      }),
    draftStrategy: z
      .enum(["webhook", "static"], { error: (issue) => (issue.input === "ai" ? AI_SAYS_WHAT_TO_DO : undefined) })
      .default("webhook"),
    onDraftFailure: OnDraftFailure.default("hold"),
    staticSubject: headerText(SUBJECT_CHARACTERS_MAX).nullable().default(null),
    staticBody: bodyText(DRAFT_BODY_BYTES_MAX).nullable().default(null),
    promptHint: freeText(4_000).nullable().default(null),
    maxChars: z.number().int().min(1).max(100_000).nullable().default(null),
    notes: freeText(4_000).nullable().default(null),
  })
  .meta({ id: "Step" });
export type Step = z.infer<typeof Step>;

/** Time between the completion of the step before and this one, in milliseconds. */
export function stepDelayMs(step: Step): number {
  return Math.round(step.delayDays * 24 * 3600_000) + (step.delaySeconds ?? 0) * 1000;
}

/** By which way a step reaches its lead; null for a wait, which reaches nobody. */
export function channelOf(kind: StepKind): Channel | null {
  switch (kind) {
    case "email":
      return "email";
    case "linkedin_connect":
    case "linkedin_message":
      return "linkedin";
    case "task":
      return "task";
    case "wait":
      return null;
  }
}

/** `task`: a person does whatever it says. */
export const Channel = z.enum(["email", "linkedin", "task"]);
export type Channel = z.infer<typeof Channel>;

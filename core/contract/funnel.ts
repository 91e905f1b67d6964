import { z } from "zod";
import { StepKind } from "./step.ts";

const count = (description: string) => z.number().int().meta({ description });

const FunnelStep = z
  .strictObject({
    step: count("Counts from 0."),
    kind: StepKind.nullable().meta({ description: "As in the newest version that has it; null where none has." }),
    waiting: count("Enrollments under way whose current step it is."),
    sent: z.number().int(),
    skipped: count("Passed over: by a condition, by the endpoint, by a person, or since no answer came."),
    failed: count("Drafts for which no usable answer came, whatever was done instead."),
    replied: count("Leads who first wrote back after its message, as the last one that went out."),
    bounced: count("Leads whose messages came back for good after it."),
    unsubscribed: z.number().int(),
  })
  .meta({ id: "FunnelStep" });

/** `GET /v1/cadences/{id}/funnel`. */
export const Funnel = z
  .strictObject({
    cadenceId: z.string(),
    version: z.number().int().nullable().meta({ description: "Null: all versions together." }),
    versions: z.array(z.number().int()).meta({ description: "Those that were published, oldest first." }),
    enrolled: z.number().int(),
    states: z.strictObject({
      active: z.number().int(),
      paused: z.number().int(),
      held: z.number().int(),
      completed: z.number().int(),
      unenrolled: z.number().int(),
      exited: z.number().int(),
    }),
    exits: z
      .record(z.string(), z.number().int())
      .meta({ description: "Of those that exited, by reason; all that were unenrolled stand under `unenrolled`." }),
    steps: z.array(FunnelStep),
    days: z
      .array(z.strictObject({ day: z.iso.date(), sent: z.number().int(), replied: z.number().int() }))
      .meta({ description: "The last 14 of the tenant's calendar, oldest first, today among them." }),
  })
  .meta({ id: "Funnel" });
export type Funnel = z.infer<typeof Funnel>;

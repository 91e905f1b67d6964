import { z } from "zod";
import { Timestamp } from "./common.ts";

const MailboxDay = z.strictObject({
  mailboxId: z
    .string()
    .nullable()
    .meta({
      description:
        "Null for LinkedIn and tasks, which use none, and for enrollments without one, whose mail will be held.",
    }),
  messages: z.number().int(),
});

/** `GET /v1/cadences/{id}/forecast`. */
export const Forecast = z
  .strictObject({
    cadenceId: z.string(),
    at: Timestamp,
    timeZone: z.string().meta({ description: "The tenant's: its calendar days are counted." }),
    assumes: z
      .array(z.string())
      .meta({ description: "For people: what the figures leave out, and what is switched off." }),
    days: z
      .array(
        z.strictObject({
          day: z.iso.date(),
          messages: z.number().int().meta({ description: "All mailboxes together." }),
          byMailbox: z.array(MailboxDay),
        }),
      )
      .meta({
        description: "From today on, fourteen or as many as were asked for; today only what is still to go out.",
      }),
    putOff: z
      .number()
      .int()
      .meta({ description: "Messages that are due in these days and that the caps put off past them." }),
    active: z.number().int().meta({ description: "Enrollments that the figures count." }),
    leftOut: z
      .strictObject({ paused: z.number().int(), held: z.number().int() })
      .meta({ description: "Enrollments that wait for a person, and are not counted." }),
  })
  .meta({ id: "Forecast" });
export type Forecast = z.infer<typeof Forecast>;

/** `GET /v1/forecast`. */
export const TenantForecast = Forecast.omit({ cadenceId: true }).meta({ id: "TenantForecast" });
export type TenantForecast = z.infer<typeof TenantForecast>;

import { z } from "zod";
import { Timestamp } from "./common.ts";

const part = (what: string) =>
  z
    .strictObject({
      used: z.number().int(),
      quota: z.number().int().nullable().meta({ description: "Set by the installation's operator; null: no bound." }),
    })
    .meta({ description: what });

/** What a tenant has used of its plan this month. */
export const Usage = z
  .strictObject({
    month: z.string().meta({ description: "A calendar month in the tenant's time zone.", example: "2026-11" }),
    resetsAt: Timestamp.meta({ description: "The first instant of the next month." }),
    drafts: part("Drafts that endpoints were asked for; one asked for again counts once. May be some seconds late."),
    messages: part("Messages sent. May be some seconds late."),
    enrollments: part("Leads enrolled."),
  })
  .meta({ id: "Usage", description: "Of live sending: what test keys do counts nowhere." });
export type Usage = z.infer<typeof Usage>;

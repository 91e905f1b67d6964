import { z } from "zod";
import type { FrequencyLimits as Limits } from "../frequency.ts";

const limit = (whom: string) =>
  z
    .strictObject({
      messages: z.number().int().min(1).max(1_000).meta({ example: 3 }),
      days: z.number().int().min(1).max(365).meta({ description: "Of 24 hours.", example: 7 }),
    })
    .nullable()
    .meta({ description: `At most so many messages to ${whom} in any so many days; null: no bound.` });

/** How often a tenant writes to one person and to one company. */
export const FrequencyLimits = z
  .strictObject({
    person: limit("one person"),
    company: limit("one company, by the domain of its addresses; domains of free mail such as gmail.com have no bound"),
  })
  .meta({
    id: "FrequencyLimits",
    description:
      "In all cadences and channels together. What is over a limit waits until the oldest message falls out of its days.",
  }) satisfies z.ZodType<Limits>;
export type FrequencyLimits = z.infer<typeof FrequencyLimits>;

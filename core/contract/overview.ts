import { z } from "zod";
import { Timestamp } from "./common.ts";

const n = z.number().int();
const Day = z.strictObject({ day: z.iso.date(), sent: n, replied: n, bounced: n, unsubscribed: n, failedDrafts: n });
/** `GET /v1/overview`. */
export const Overview = z
  .strictObject({
    at: Timestamp,
    timeZone: z.string(),
    today: Day,
    yesterday: Day,
    hours: z.array(z.strictObject({ at: Timestamp, sent: n, replied: n, bounced: n })),
    attention: z.strictObject({
      held: n,
      doubtful: n,
      unmatched: n,
      failingEndpoints: n,
      disabledEndpoints: n,
      pausedMailboxes: n,
    }),
    enrollments: z.strictObject({ active: n, paused: n, held: n }),
  })
  .meta({ id: "Overview" });
export type Overview = z.infer<typeof Overview>;

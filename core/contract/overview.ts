import { z } from "zod";
import { Timestamp } from "./common.ts";

const count = (description: string) => z.number().int().meta({ description });
const capped = (what: string) => count(`${what} \`1000\` means that many or more.`);

const REPLIED = "Leads who wrote back for the first time in their enrollment.";
const BOUNCED = "Leads whose messages came back for good.";

const Day = z
  .strictObject({
    day: z.iso.date(),
    sent: z.number().int(),
    replied: count(REPLIED),
    bounced: count(BOUNCED),
    unsubscribed: z.number().int(),
    failedDrafts: count("Drafts for which no usable answer came, however often they were asked for."),
  })
  .meta({ id: "OverviewDay" });

/** `GET /v1/overview`. */
export const Overview = z
  .strictObject({
    at: Timestamp,
    timeZone: z.string().meta({ description: "The tenant's: its calendar days are counted." }),
    today: Day,
    yesterday: Day,
    hours: z
      .array(
        z.strictObject({
          at: Timestamp.meta({ description: "When the hour began." }),
          sent: z.number().int(),
          replied: z.number().int(),
          bounced: z.number().int(),
        }),
      )
      .meta({
        description: "The last 48, oldest first, with those in which nothing happened; the last one still runs.",
      }),
    attention: z
      .strictObject({
        held: capped("Enrollments in which something waits for a person."),
        doubtful: capped("Those of them whose message may have arrived or not."),
        unmatched: capped("Mails that nobody could place."),
        failingEndpoints: capped("Endpoints that have answered nothing since some time."),
        disabledEndpoints: capped("Endpoints that are off."),
        openTasks: capped("Tasks that a person has to do (GET /v1/tasks)."),
        overdueTasks: capped("Those of them that should have been done by now."),
        pausedLinkedinAccounts: capped(
          "LinkedIn accounts that were stopped, since the provider has lost them or LinkedIn has restricted them.",
        ),
        pausedMailboxes: capped(
          "Mailboxes that were stopped, since too many messages came back or were complained about.",
        ),
      })
      .meta({ description: "What waits for a person." }),
    enrollments: z
      .strictObject({ active: z.number().int(), paused: z.number().int(), held: z.number().int() })
      .meta({ description: "Under way, by state. `100000` means that many or more." }),
  })
  .meta({ id: "Overview" });
export type Overview = z.infer<typeof Overview>;

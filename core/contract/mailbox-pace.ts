import { z } from "zod";
import type { MailboxPace } from "../pace/settings.ts";
import { Timestamp } from "./common.ts";
import { DAILY_SEND_CAP_MAX, GAP_SECONDS_MAX } from "./limits.ts";
import type { ProblemError } from "./problem.ts";

const messages = z.number().int().min(1, { error: "must be 1 or more" }).max(DAILY_SEND_CAP_MAX);
const seconds = z.number().int().min(0).max(GAP_SECONDS_MAX);

/** What a mailbox may send a day. */
export const MailboxCap = z
  .number()
  .int()
  .min(1, { error: "must be 1 or more: to stop a mailbox, set its `enabled` to false" })
  .max(DAILY_SEND_CAP_MAX)
  .nullable()
  .meta({
    description:
      "Messages of this mailbox a calendar day, all cadences together, counted by `capZone` and spread over the hours in which they may be sent. Answers to replies are not counted. Null: no cap of its own.",
    example: 50,
  });

const ramp = z.strictObject({
  start: messages.meta({ description: "Messages on the first day." }),
  step: z
    .number()
    .int()
    .min(1, { error: "must be 1 or more: for a number that stays, set dailySendCap" })
    .max(DAILY_SEND_CAP_MAX)
    .meta({ description: "So many more on each day after it, whether anything is sent or not." }),
  ceiling: messages.meta({ description: "At most so many; it stays there." }),
});

/** A cap that grows, as it is asked for. */
export const RampWish = ramp.nullable().meta({
  id: "RampWish",
  description:
    "A daily cap that grows. It begins on the day on which it is set where there was none; other numbers keep that day, and null and then a new one begin anew.",
});
export type RampWish = z.infer<typeof RampWish>;

/** A ramp as the API shows it. */
export const RampShown = ramp
  .extend({ since: Timestamp.meta({ description: "Its first day is the day of this, by `capZone`." }) })
  .meta({ id: "Ramp" });

/** A ramp as it is stored: core's Ramp. */
export const StoredRamp = ramp.extend({ since: z.number() });

/** Between two messages. */
export const MinGapSeconds = seconds.meta({
  description: "Two messages of this mailbox leave at least so far apart. Answers to replies leave at once.",
  example: 90,
});
export const GapSpreadSeconds = seconds.meta({
  description: "Up to so much is added to a gap, by chance and the same whenever it is asked for.",
  example: 60,
});

/** How a mailbox stands, day by day. */
export const MailboxRoom = z
  .strictObject({
    mailboxId: z.string(),
    timeZone: z.string().meta({ description: "By whose days it is counted." }),
    nextPlaceAt: Timestamp.nullable().meta({
      description:
        "When one more message could leave, if its lead may be written to at any hour; null where a year is full.",
    }),
    days: z.array(
      z
        .strictObject({
          day: z.iso.date(),
          cap: z.number().int().nullable().meta({ description: "What may be sent; null where nothing bounds it." }),
          taken: z.number().int().meta({ description: "Places that are taken, those of what has left among them." }),
          sent: z.number().int(),
        })
        .meta({ id: "RoomOfDay" }),
    ),
  })
  .meta({
    id: "MailboxRoom",
    description: "Counted where the mailbox has a cap, a ramp or a gap; without any only what catches up is.",
  });

/** What is wrong with a pace as a whole; empty when all is well. */
export function paceFaults({
  dailySendCap,
  ramp,
}: Pick<MailboxPace, "dailySendCap"> & { ramp: RampWish }): ProblemError[] {
  if (ramp === null) return [];
  if (ramp.start > ramp.ceiling)
    return [
      {
        pointer: "/ramp/start",
        detail: `is above the ceiling of ${ramp.ceiling}: lower it, or raise the ceiling`,
      },
    ];
  if (dailySendCap !== null && ramp.ceiling > dailySendCap)
    return [
      {
        pointer: "/ramp/ceiling",
        detail: `is above the mailbox's dailySendCap of ${dailySendCap}: lower it, raise the cap, or set the cap to null`,
      },
    ];
  return [];
}

import { z } from "zod";
import { HOLIDAYS_FROM, HOLIDAYS_TO } from "../holiday-table.ts";
import { hasHolidays } from "../holidays.ts";
import { WEEKDAYS } from "../opening.ts";
import { yearFrom } from "../schedule.ts";
import { BLACKOUT_DATES_MAX, HOLIDAY_CALENDARS_MAX, JITTER_MINUTES_MAX, SENDING_WINDOWS_MAX } from "./limits.ts";
import { headerText } from "./text.ts";

const SendingWindow = z
  .strictObject({
    days: z
      .array(z.enum(WEEKDAYS))
      .min(1, { error: "name at least one weekday, or this window never opens" })
      .refine((days) => new Set(days).size === days.length, { error: "names a weekday twice" })
      .meta({ example: ["mon", "tue", "thu"] }),
    from: z
      .string()
      .regex(/^(?:[01][0-9]|2[0-3]):[0-5][0-9]$/, { error: "must be a time from 00:00 to 23:59, such as 09:00" })
      .meta({ example: "09:00" }),
    to: z
      .string()
      .regex(/^(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00)$/, { error: "must be a time up to 24:00, such as 12:00" })
      .meta({ description: "The first minute that is outside; 24:00 is the end of the day.", example: "12:00" }),
  })
  .superRefine(({ from, to }, context) => {
    if (from < to) return;
    const message =
      from === to
        ? "is the same as from, so this window never opens"
        : `is before from; hours over midnight are two windows: ${from} to 24:00, and 00:00 to ${to} of the days after`;
    context.addIssue({ code: "custom", path: ["to"], message });
  })
  .meta({ id: "SendingWindow" });

/** Windows of a cadence, several for a weekday if need be. */
export const SendingWindows = z.array(SendingWindow).max(SENDING_WINDOWS_MAX).meta({
  description:
    "When it is sent, by the clock of the lead's time zone, else of the mailbox's, else of the tenant's. Where there are any, `businessHoursOnly` says nothing. A time that the clocks skip is left out; an hour that comes twice is open twice.",
});

const BlackoutDate = z
  .strictObject({
    from: z.iso
      .date({ error: "must be a day of the calendar as YYYY-MM-DD", abort: true })
      .meta({ description: "The first day.", example: "2026-12-24" }),
    to: z.iso
      .date({ error: "must be a day of the calendar as YYYY-MM-DD", abort: true })
      .optional()
      .meta({ description: "The last day; `from` when left out.", example: "2027-01-02" }),
    note: headerText(200).optional().meta({ example: "Between the years" }),
  })
  .superRefine(({ from, to = from }, context) => {
    if (to < from) context.addIssue({ code: "custom", path: ["to"], message: "is before from" });
    else if (to > yearFrom(from))
      context.addIssue({
        code: "custom",
        path: ["to"],
        message: "is more than a year after from; to stop for good, set enabled to false",
      });
  })
  .meta({ id: "BlackoutDate" });

/** Days of one's own on which nothing is sent. */
export const BlackoutDates = z.array(BlackoutDate).max(BLACKOUT_DATES_MAX).meta({
  description: "Days on which nothing is sent, by the same clock as the windows.",
});
export type BlackoutDates = z.infer<typeof BlackoutDates>;

const HolidayCalendar = z.string().refine((calendar) => calendar === "lead" || hasHolidays(calendar), {
  error: 'must be an ISO 3166 country code of two capital letters whose holidays are known here, such as CH, or "lead"',
});

/** Whose public holidays are kept. */
export const HolidayCalendars = z
  .array(HolidayCalendar)
  .max(HOLIDAY_CALENDARS_MAX)
  .meta({
    description: `Nothing is sent on public holidays of these countries; \`lead\` is the country of the lead, if it has one. Known are those of whole countries from ${HOLIDAYS_FROM} to ${HOLIDAYS_TO}; later only those that are on one date every year. Regional ones are blackoutDates.`,
    example: ["CH", "lead"],
  });

/** How far messages that would leave at once are spread. */
export const JitterMinutes = z.number().int().min(0).max(JITTER_MINUTES_MAX).meta({
  description:
    "Each step is put off by some of these minutes, the same ones whenever it is asked for one step of one enrollment: after its delay, and after an opening that it waited for.",
});

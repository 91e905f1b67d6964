import type { CadenceSettings } from "./cadence.ts";
import { isHoliday } from "./holidays.ts";
import { ANY_TIME, BUSINESS_HOURS, type ClosedDay, type DayRange, nextOpening, type SendingTimes } from "./opening.ts";

/** What of a cadence says when it may send. */
export type TimeSettings = Pick<
  CadenceSettings,
  "businessHoursOnly" | "sendingWindows" | "blackoutDates" | "holidayCalendars"
>;

/** When a cadence may send: its windows, or else what `businessHoursOnly` says, but not on a day that it, its tenant or a calendar closes. */
export function sendingTimes(
  settings: TimeSettings,
  tenantBlackouts: readonly DayRange[],
  leadCountry: string | null,
): SendingTimes {
  const { businessHoursOnly, sendingWindows = [], blackoutDates = [], holidayCalendars = [] } = settings;
  const fallback = businessHoursOnly ? BUSINESS_HOURS : ANY_TIME;
  const blackouts = [...blackoutDates, ...tenantBlackouts];
  const countries = holidayCalendars.flatMap((calendar) => (calendar === "lead" ? (leadCountry ?? []) : calendar));
  const closedOn = (day: string): ClosedDay | null => {
    if (blackouts.some(({ from, to = from }) => from <= day && day <= to)) return "blackout_date";
    return countries.some((country) => isHoliday(day, country)) ? "holiday" : null;
  };
  return { windows: sendingWindows.length > 0 ? sendingWindows : fallback, closedOn };
}

/** Whether there is any time to send in the year that begins at `now` (ms), by the clock of `timeZone`, whatever country the lead is of. */
export function opensWithinAYear(
  settings: TimeSettings,
  tenantBlackouts: readonly DayRange[],
  timeZone: string,
  now: number,
): boolean {
  return nextOpening(now, timeZone, sendingTimes(settings, tenantBlackouts, null)) !== null;
}

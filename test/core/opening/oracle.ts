import type { SendingTimes } from "../../../core/opening.ts";

/** Minute by minute, by the platform's own calendar: slow, and with nothing in common with what it judges. */
const MINUTE_MS = 60_000;
const formats = new Map<string, Intl.DateTimeFormat>();

/** What a clock on a wall of `zone` shows: weekday as `mon`, the day, and the time to the minute. */
export function shown(
  at: number,
  zone: string,
): { readonly weekday: string; readonly day: string; readonly time: string } {
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      hourCycle: "h23",
      ...{ weekday: "short", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" },
    });
    formats.set(zone, format);
  }
  const [weekday = "", month = "", day = "", year = "", hour = "", minute = ""] = format
    .format(at)
    .split(/[^A-Za-z0-9]+/);
  return { weekday: weekday.toLowerCase(), day: `${year}-${month}-${day}`, time: `${hour}:${minute}` };
}

/** Whether a message may leave in the minute of `at`. */
export function mayLeave(at: number, zone: string, { windows, closedOn }: SendingTimes): boolean {
  const { weekday, day, time } = shown(at, zone);
  if (closedOn(day) !== null) return false;
  return windows.some(({ days, from, to }) => days.some((name) => name === weekday) && time >= from && time < to);
}

/** The first instant from `at` on at which a message may leave, or null when none comes before `until`. */
export function firstMinute(at: number, until: number, zone: string, times: SendingTimes): number | null {
  if (mayLeave(at, zone, times)) return at;
  for (let minute = Math.floor(at / MINUTE_MS) * MINUTE_MS + MINUTE_MS; minute <= until; minute += MINUTE_MS)
    if (mayLeave(minute, zone, times)) return minute;
  return null;
}

/** The hours (ms) of a year in which the clocks of `zone` are set, to the day. */
export function clockChanges(year: number, zone: string): readonly number[] {
  const found: number[] = [];
  const noon = (day: number) => Date.UTC(year, 0, 1 + day, 12);
  for (let day = 0; day < 366; day++)
    if (shown(noon(day), zone).time !== shown(noon(day + 1), zone).time) found.push(noon(day));
  return found;
}

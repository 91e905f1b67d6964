import { HOLIDAYS, HOLIDAYS_FROM } from "./holiday-table.ts";

/** Whether `country` (ISO 3166) has a calendar here. */
export function hasHolidays(country: string): boolean {
  return Object.hasOwn(HOLIDAYS, country);
}

/** Whether `day` (YYYY-MM-DD) is a public holiday of the whole of `country`; of a year that the table lacks, only where it is one every year. */
export function isHoliday(day: string, country: string): boolean {
  const [always = "", ...years] = (hasHolidays(country) ? HOLIDAYS[country] : undefined)?.split(" ") ?? [];
  const [year, month, date] = day.split("-").map(Number);
  if (year === undefined || month === undefined || date === undefined) return false;
  const short = month.toString(36) + date.toString(36);
  return holds(always, short) || holds(years[year - HOLIDAYS_FROM] ?? "", short);
}

function holds(days: string, short: string): boolean {
  for (let index = 0; index < days.length; index += 2) if (days.startsWith(short, index)) return true;
  return false;
}

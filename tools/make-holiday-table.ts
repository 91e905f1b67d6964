import { writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { z } from "zod";
import { isCountry } from "../core/contract/countries.ts";
import { PlainError, runProgram } from "./plain-error.ts";
import { inProject } from "./project.ts";

/** The years that the table covers, both included. */
const FIRST_YEAR = 2026;
const LAST_YEAR = 2031;
const DAY_MS = 24 * 3600_000;

const Days = z.array(z.looseObject({ date: z.string(), start: z.coerce.date(), end: z.coerce.date() }));
/** As much of date-holidays 3.37.0 as is used. */
interface Calendar {
  getCountries(): Readonly<Record<string, string>>;
  getHolidays(year: number): unknown;
}
type MakeCalendar = new (country?: string, options?: { readonly types: readonly string[] }) => Calendar;

/**
 * Writes core/holiday-table.ts from an installed date-holidays, whose folder's main file is the argument: the package
 * itself is larger than what the Worker has room for (docs/decisions/0028).
 */
await runProgram(async () => {
  const main = process.argv[2];
  if (main === undefined)
    throw new PlainError("Say where date-holidays is: .../node_modules/date-holidays/src/index.js");
  const { default: Holidays }: { default: MakeCalendar } = await import(pathToFileURL(main).href);
  const countries = Object.keys(new Holidays().getCountries()).filter(isCountry).sort();
  const rows = countries.map((country) => {
    const calendar = new Holidays(country, { types: ["public"] });
    const years: ReadonlySet<string>[] = [];
    for (let year = FIRST_YEAR; year <= LAST_YEAR; year++) years.push(daysOf(calendar, year));
    const always = [...(years[0] ?? [])].filter((day) => years.every((days) => days.has(day)));
    const lists = [always, ...years.map((days) => [...days].filter((day) => !always.includes(day)))];
    return `  ${country}: "${lists.map((list) => list.sort().map(short).join("")).join(" ")}",`;
  });
  const head = [
    "// Made by tools/make-holiday-table.ts from date-holidays 3.37.0, whose data is under CC BY 3.0",
    "// (https://github.com/commenthol/date-holidays): public holidays of whole countries, without regional ones.",
    "// Each day is two characters of base 36, month and day; first the days of every year, then of each year its others.",
    "",
    "/** The first year that the table knows. */",
    `export const HOLIDAYS_FROM = ${FIRST_YEAR};`,
    "/** The last year that the table knows. */",
    `export const HOLIDAYS_TO = ${LAST_YEAR};`,
    "",
    "/** By ISO 3166 code; lists parted by spaces. */",
    "export const HOLIDAYS: Readonly<Record<string, string>> = {",
  ];
  writeFileSync(inProject("core/holiday-table.ts"), [...head, ...rows, "};", ""].join("\n"));
  console.log(`${countries.length} countries, ${FIRST_YEAR} to ${LAST_YEAR}.`);
});

/** MM-DD of each day. Some begin on the evening before, or last for days: half a day at either end is none. */
function daysOf(calendar: Calendar, year: number): ReadonlySet<string> {
  const found = new Set<string>();
  // Of the year before too: a feast may reach over New Year.
  for (const { date, start, end } of [year - 1, year].flatMap((of) => Days.parse(calendar.getHolidays(of)))) {
    const days = Math.max(1, Math.floor((end.getTime() - start.getTime()) / DAY_MS + 0.1));
    const first = Date.parse(`${date.slice(0, 10)}T00:00:00Z`);
    for (let index = 0; index < days; index++) {
      const day = new Date(first + index * DAY_MS).toISOString().slice(0, 10);
      if (day.startsWith(`${year}-`)) found.add(day.slice(5));
    }
  }
  return found;
}

function short(monthAndDay: string): string {
  return monthAndDay
    .split("-")
    .map((part) => Number(part).toString(36))
    .join("");
}

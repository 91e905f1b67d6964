import { DAY_MONTH, MONTH_DAY, MONTHS, RETURN_CUE, UNTIL_CUE, WEEKDAYS } from "./date-words.ts";
import { normalized } from "./plain-text.ts";

/**
 * The day that an absence ends, as `2026-01-05`: the day it names for the return, else the last day it names after
 * "until", else the last day it names at all. `at` (milliseconds since the epoch) is when it was written; a day without
 * a year is the next such day. Null where no day of the coming year is named.
 */
export function returnDate(text: string, at: number): string | null {
  const words = normalized(text);
  const today = Math.floor(at / DAY_MS) * DAY_MS;
  const named = [...datesIn(words, today), ...weekdaysIn(words, today)].filter(
    ({ day }) => day >= today - DAY_MS && day <= today + DAYS_AHEAD_MAX * DAY_MS,
  );
  const day =
    latest(named.filter(({ lead, tail }) => RETURN_CUE.test(`${lead.slice(-40)}§${tail.slice(0, 16)}`))) ??
    latest(named.filter(({ lead, tail }) => UNTIL_CUE.test(`${lead.slice(-24)}§${tail.slice(0, 16)}`))) ??
    latest(named.filter(({ isWeekday }) => !isWeekday));
  return day === null ? null : new Date(day).toISOString().slice(0, 10);
}

const DAY_MS = 86_400_000;
/** Parental leave lasts long; a day further away is something else, as a founding year. */
const DAYS_AHEAD_MAX = 400;

interface NamedDay {
  /** Midnight UTC, in milliseconds since the epoch. */
  readonly day: number;
  readonly isWeekday: boolean;
  /** What stands before and after it. */
  readonly lead: string;
  readonly tail: string;
}

function latest(days: readonly NamedDay[]): number | null {
  return days.length === 0 ? null : Math.max(...days.map(({ day }) => day));
}

function datesIn(text: string, today: number): NamedDay[] {
  const found: NamedDay[] = [];
  const add = (match: RegExpMatchArray, year: number | null, month: number, date: number): void => {
    const day = dayOf(year, month, date, today);
    if (day !== null) found.push(named(text, match, day, false));
  };
  for (const match of text.matchAll(/(?<!\d)(20\d\d)[-./年] ?(\d{1,2})[-./月] ?(\d{1,2})(?!\d)/gu))
    add(match, Number(match[1]), Number(match[2]), Number(match[3]));
  for (const match of text.matchAll(/(?<![\d年/-])(\d{1,2})[月월] ?(\d{1,2})[日일号]/gu))
    add(match, null, Number(match[1]), Number(match[2]));
  for (const match of text.matchAll(/(?<![\d./-])(\d{1,2})([./-])(\d{1,2})(?:\2(20\d\d|\d\d)|\.)?(?![\d%]|[./]\d)/gu)) {
    const [first, second] = [Number(match[1]), Number(match[3])];
    const year = match[4] === undefined ? null : yearOf(match[4]);
    // Bare "3-5" and "1.5" are more often a range or a number than a day.
    if (year === null && (match[2] === "-" || (match[2] === "." && !match[0].endsWith(".")))) continue;
    const [date, month] = dayFirst(first, second, match[2] ?? "", year, today);
    add(match, year, month, date);
  }
  for (const match of text.matchAll(DAY_MONTH))
    add(match, yearOf(match[3]), MONTHS.get(match[2] ?? "") ?? 0, Number(match[1]));
  for (const match of text.matchAll(MONTH_DAY))
    add(match, yearOf(match[3]), MONTHS.get(match[1] ?? "") ?? 0, Number(match[2]));
  return found;
}

function weekdaysIn(text: string, today: number): NamedDay[] {
  const found: NamedDay[] = [];
  for (const match of text.matchAll(WEEKDAYS.pattern)) {
    const wanted = WEEKDAYS.byName.get(match[1] ?? "");
    if (wanted === undefined) continue;
    const ahead = (wanted - new Date(today).getUTCDay() + 7) % 7 || 7;
    found.push(named(text, match, today + ahead * DAY_MS, true));
  }
  return found;
}

function named(text: string, match: RegExpMatchArray, day: number, isWeekday: boolean): NamedDay {
  const at = match.index ?? 0;
  return {
    day,
    isWeekday,
    lead: text.slice(Math.max(0, at - 48), at),
    tail: text.slice(at + match[0].length, at + match[0].length + 24),
  };
}

function yearOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  return text.length === 2 ? 2000 + Number(text) : Number(text);
}

/** Only Americans put the month first, and only with slashes; where both are possible, the nearer one is meant. */
function dayFirst(first: number, second: number, mark: string, year: number | null, today: number): [number, number] {
  if (mark !== "/" || second > 12 || first > 12) return second > 12 ? [second, first] : [first, second];
  const european = dayOf(year, second, first, today) ?? Number.MAX_SAFE_INTEGER;
  const american = dayOf(year, first, second, today) ?? Number.MAX_SAFE_INTEGER;
  const distance = (day: number): number => (day < today ? Number.MAX_SAFE_INTEGER : day - today);
  return distance(american) < distance(european) ? [second, first] : [first, second];
}

function dayOf(year: number | null, month: number, date: number, today: number): number | null {
  if (month < 1 || month > 12 || date < 1 || date > 31) return null;
  const thisYear = new Date(today).getUTCFullYear();
  const day = Date.UTC(year ?? thisYear, month - 1, date);
  if (new Date(day).getUTCDate() !== date) return null;
  if (year !== null) return day;
  return day < today - 7 * DAY_MS ? Date.UTC(thisYear + 1, month - 1, date) : day;
}

import { DAY_MONTH, FROM_CUE, MONTH_DAY, MONTHS, NEXT_DAYS, RETURN_CUE, UNTIL_CUE, WEEKDAYS } from "./date-words.ts";
import { normalized } from "./plain-text.ts";

/**
 * The day that an absence ends, as `2026-01-05`: the day it names for the return, else the last day it names after
 * "until", else the last day it names at all. `at` (milliseconds since the epoch) is when it was written; a day without
 * a year is the next such day. Null where no day of the coming year is named.
 */
export function returnDate(text: string, at: number): string | null {
  const named = daysIn(text, at);
  return isoDay(statedDay(named) ?? latest(named.filter(({ isRelative }) => !isRelative)));
}

/** The same, but only of a day that is said to be the end or the return: any day named at all doesn't do. */
export function statedReturnDate(text: string, at: number): string | null {
  return isoDay(statedDay(daysIn(text, at)));
}

function daysIn(text: string, at: number): NamedDay[] {
  const words = normalized(text);
  const today = Math.floor(at / DAY_MS) * DAY_MS;
  return [...datesIn(words, today), ...weekdaysIn(words, today), ...nextDaysIn(words, today)].filter(
    ({ day }) => day >= today - DAY_MS && day <= today + DAYS_AHEAD_MAX * DAY_MS,
  );
}

function statedDay(named: readonly NamedDay[]): number | null {
  const saidBy = (cue: RegExp, leadCharacters: number): number | null =>
    latest(named.filter(({ lead, tail }) => cue.test(`${lead.slice(-leadCharacters)}§${tail.slice(0, 16)}`)));
  const back = saidBy(RETURN_CUE, 40);
  if (back !== null) return back;
  const from = saidBy(FROM_CUE, 40);
  const until = saidBy(UNTIL_CUE, 24);
  // "From the 3rd to the 10th" begins what it ends.
  return from !== null && (until === null || from > until) ? from : until;
}

function isoDay(day: number | null): string | null {
  return day === null ? null : new Date(day).toISOString().slice(0, 10);
}

const DAY_MS = 86_400_000;
/** Parental leave lasts long; a day further away is something else, as a founding year. */
const DAYS_AHEAD_MAX = 400;

interface NamedDay {
  /** Midnight UTC, in milliseconds since the epoch. */
  readonly day: number;
  /** Named by its distance from the day of writing: "Monday", "tomorrow". */
  readonly isRelative: boolean;
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

function nextDaysIn(text: string, today: number): NamedDay[] {
  return [...text.matchAll(NEXT_DAYS.pattern)].map((match) =>
    named(text, match, today + (NEXT_DAYS.ahead.get(match[1] ?? "") ?? 1) * DAY_MS, true),
  );
}

function named(text: string, match: RegExpMatchArray, day: number, isRelative: boolean): NamedDay {
  const at = match.index ?? 0;
  return {
    day,
    isRelative,
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

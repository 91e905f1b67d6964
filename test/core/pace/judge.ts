import fc from "fast-check";
import { askPlace, type PlaceAnswer, type PlaceAsk } from "../../../core/pace/ask-place.ts";
import { Calendar } from "../../../core/pace/calendar.ts";
import { type MailboxPace, type PaceSpan, UNPACED } from "../../../core/pace/settings.ts";
import { MemoryBook } from "./memory-book.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const QUARTER = 15 * MINUTE;
/** Whoever came hours late every time would never find its place. */
const LATE_ASKS = 3;

/** What a run may replace, so that the judge can be seen to find faults. */
export interface Paced {
  readonly ask: typeof askPlace;
  readonly book: (timeZone: string) => MemoryBook;
}
export const PRODUCTION: Paced = { ask: askPlace, book: (timeZone) => new MemoryBook(timeZone) };

/** Something that the settings forbid. */
export class Violation extends Error {}

/** Eves of clocks being set, and of a leap day. */
const STARTS = ["2026-11-23T09:00:00Z", "2026-03-28T22:40:00Z", "2026-10-24T21:10:00Z", "2028-02-28T15:59:00Z"];
const ZONES = ["Europe/Paris", "America/New_York", "Asia/Kathmandu", "Pacific/Auckland", "America/Santiago", "UTC"];

/** Most have none. */
const SPANS: readonly (readonly PaceSpan[])[] = [
  ...Array.from({ length: 5 }, () => []),
  [{ days: 2, most: 3 }],
  [{ days: 7, most: 5 }],
  [
    { days: 3, most: 4 },
    { days: 5, most: 6 },
  ],
];

const pace: fc.Arbitrary<Omit<MailboxPace, "ramp"> & { readonly ramp: readonly [number, number, number] | null }> =
  fc.record({
    dailySendCap: fc.constantFrom(null, 1, 3, 7, 40),
    ramp: fc.constantFrom(null, null, [1, 1, 3] as const, [2, 5, 9] as const),
    minGapSeconds: fc.constantFrom(0, 0, 7, 600, 7_000),
    gapSpreadSeconds: fc.constantFrom(0, 0, 5, 900),
    spans: fc.constantFrom(...SPANS),
  });

/** What happens to one mailbox, as plain data. */
export const story = fc.record({
  start: fc.constantFrom(...STARTS),
  timeZone: fc.constantFrom(...ZONES),
  pace,
  messages: fc.array(
    fc.record({
      dueAfterMs: fc.oneof(fc.nat(MINUTE), fc.nat(40 * HOUR)),
      /** From its place to its words. */
      draftMs: fc.constantFrom(0, 3_000, 11_000, 20 * MINUTE, 9 * HOUR, 30 * HOUR),
      leadZone: fc.constantFrom(...ZONES),
      businessHoursOnly: fc.boolean(),
      /** Before it is sent it is given up. */
      isGivenUp: fc.constantFrom(false, false, false, true),
      /** It comes so much too late to its place. */
      lateMs: fc.constantFrom(0, 0, 0, 700, 4 * MINUTE, 5 * HOUR),
    }),
    { minLength: 1, maxLength: 30 },
  ),
  changes: fc.array(
    fc.record({ afterMs: fc.nat(60 * HOUR), timeZone: fc.option(fc.constantFrom(...ZONES)), pace: fc.option(pace) }),
    { maxLength: 2 },
  ),
});
export type Story = typeof story extends fc.Arbitrary<infer Told> ? Told : never;

interface Message {
  readonly id: string;
  readonly of: Story["messages"][number];
  phase: "due" | "ready" | "over";
  at: number;
  asks: number;
}

/** Plays it until every message is out or given up. Throws a `Violation` at the first thing that must not be. */
export function play(told: Story, engine: Paced): { readonly sent: number; readonly waits: number } {
  const start = Date.parse(told.start);
  let zone = told.timeZone;
  let settings = paceOf(told.pace, start);
  let book = engine.book(zone);
  const sends: number[] = [];
  let waits = 0;
  const messages = told.messages.map(
    (of, n): Message => ({ id: `d${n}`, of, phase: "due", at: start + of.dueAfterMs, asks: 0 }),
  );
  const changes = told.changes.map((change) => ({ ...change, at: start + change.afterMs }));
  for (;;) {
    const next = messages.filter(({ phase }) => phase !== "over").sort((left, right) => left.at - right.at)[0];
    if (next === undefined) return { sent: sends.length, waits };
    const change = changes.findIndex(({ at }) => at <= next.at);
    if (change >= 0) {
      const [made] = changes.splice(change, 1);
      settings = made?.pace == null ? settings : paceOf(made.pace, made.at);
      zone = made?.timeZone ?? zone;
      book = moved(book, zone);
      continue;
    }
    next.asks += 1;
    if (next.asks > 500) throw new Violation(`${next.id} asks without an end`);
    const now = next.at;
    const to = next.phase === "due" ? "take" : "claim";
    const ask: PlaceAsk = {
      ...{ id: next.id, to, repeats: false, pace: settings, timeZone: zone },
      opening: {
        ...{ timeZone: next.of.leadZone, tenantBlackouts: [], leadCountry: null },
        settings: { businessHoursOnly: next.of.businessHoursOnly },
      },
    };
    // As the gate of windows would have it: nobody asks while the lead's is shut.
    if (!opensAt(now, next.of)) {
      next.at = nextOpen(now, next.of);
      next.asks -= 1;
      continue;
    }
    const word = engine.ask(ask, now, book);
    if (!word.granted) {
      waits += 1;
      checkWait(word, now, next.id);
      if (to === "take" && word.reason !== "mailbox_full_for_a_year") checkPlace(word.until, ask, now, book, next.of);
      next.at = word.until + (next.asks <= LATE_ASKS ? next.of.lateMs : 0);
    } else if (to === "take") {
      next.phase = next.of.isGivenUp ? "over" : "ready";
      if (next.of.isGivenUp) book.drop(next.id);
      next.at = now + next.of.draftMs;
    } else {
      checkSend(now, sends, settings, zone);
      sends.push(now);
      next.phase = "over";
    }
  }
}

function paceOf({ ramp, ...rest }: Story["pace"], at: number): MailboxPace {
  if (ramp === null) return { ...UNPACED, ...rest };
  const [start, step, ceiling] = ramp;
  return { ...rest, ramp: { start, step, ceiling, since: at } };
}

/** The same places, counted by the days of another zone. */
function moved(book: MemoryBook, timeZone: string): MemoryBook {
  book.calendar = new Calendar(timeZone);
  return book;
}

/** Always a time ahead, and a reason. */
function checkWait(word: Exclude<PlaceAnswer, { granted: true }>, now: number, id: string): void {
  if (!(word.until > now) || word.until > now + 366 * 24 * HOUR || word.reason.length === 0)
    throw new Violation(`${id} is told to wait until ${word.until} at ${now} for ${word.reason}`);
}

/** Reckoned by the platform's own calendar: how many have left on this day of the zone that counts now, and when the last did. */
function checkSend(now: number, sends: readonly number[], settings: MailboxPace, zone: string): void {
  const today = dayName(now, zone);
  const before = sends.filter((at) => dayName(at, zone) === today).length;
  const most = mostOn(today, settings, zone);
  if (before + 1 > most)
    throw new Violation(`message ${before + 1} left on ${today} in ${zone}, and the cap is ${most}`);
  for (const { days, most } of settings.spans ?? []) {
    const inSpan = sends.filter((at) => numberOf(today) - numberOf(dayName(at, zone)) < days).length;
    if (inSpan + 1 > most) throw new Violation(`message ${inSpan + 1} left in ${days} days up to ${today} in ${zone}`);
  }
  const last = Math.max(Number.NEGATIVE_INFINITY, ...sends);
  if (now - last < settings.minGapSeconds * 1000) throw new Violation(`two left ${now - last} ms apart`);
}

/** No earlier day had room in an open hour, minute by minute; without a cap, no earlier minute either. */
function checkPlace(
  until: number,
  ask: PlaceAsk,
  now: number,
  book: MemoryBook,
  lead: Story["messages"][number],
): void {
  const others = book.between(0, Number.MAX_SAFE_INTEGER).filter((at) => at !== until);
  const day = (at: number) => dayName(at, ask.timeZone);
  if (!opensAt(until, lead))
    throw new Violation(`a place at ${new Date(until).toISOString()}, when nobody may be written to`);
  const counts = new Map<string, number>();
  for (const at of others) counts.set(day(at), (counts.get(day(at)) ?? 0) + 1);
  const apart = (ask.pace.minGapSeconds + ask.pace.gapSpreadSeconds) * 1000;
  const hasNoCap = ask.pace.dailySendCap === null && ask.pace.ramp === null;
  const isInFullSpan = remembering((name: string) => fillsSpan(name, ask.pace, counts));
  const horizon = Math.min(until, now + 4 * 24 * HOUR);
  for (let minute = now; minute < horizon; minute += MINUTE) {
    if (!hasNoCap && day(minute) === day(until)) return;
    if (!opensAt(minute, lead) || (counts.get(day(minute)) ?? 0) >= mostOn(day(minute), ask.pace, ask.timeZone))
      continue;
    if (isInFullSpan(day(minute))) continue;
    if (others.some((at) => Math.abs(at - minute) < apart)) continue;
    throw new Violation(
      `${new Date(minute).toISOString()} was free, and the place is ${new Date(until).toISOString()}`,
    );
  }
}

/** Whether any days in a row that hold this one have all that they may. */
function fillsSpan(day: string, { spans = [] }: MailboxPace, counts: ReadonlyMap<string, number>): boolean {
  return spans.some(({ days, most }) =>
    Array.from({ length: days }, (_, n) => numberOf(day) - n).some((first) => {
      const inSpan = [...counts].filter(([name]) => numberOf(name) >= first && numberOf(name) < first + days);
      return inSpan.reduce((sum, [, count]) => sum + count, 0) >= most;
    }),
  );
}

function remembering(find: (name: string) => boolean): (name: string) => boolean {
  const known = new Map<string, boolean>();
  return (name) => {
    const found = known.get(name) ?? find(name);
    known.set(name, found);
    return found;
  };
}

/** Days, counted from one that doesn't matter. */
function numberOf(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) / (24 * HOUR);
}

function mostOn(day: string, { dailySendCap, ramp }: MailboxPace, zone: string): number {
  const cap = dailySendCap ?? Number.POSITIVE_INFINITY;
  if (ramp === null) return cap;
  // Day by day, as a person would count; in steps of an hour, since days have 23 to 25 of them.
  const days = new Set<string>();
  for (let at = ramp.since; dayName(at, zone) < day && days.size < ramp.ceiling; at += HOUR)
    days.add(dayName(at, zone));
  const grown = ramp.start + ramp.step * days.size;
  return Math.min(cap, grown, ramp.ceiling);
}

interface Shown {
  readonly day: string;
  readonly hour: number;
  readonly weekday: string;
}
const FORMATS = new Map<string, Intl.DateTimeFormat>();
const SHOWN = new Map<string, Shown>();

/** All offsets of these zones are whole quarters of an hour, so each quarter is asked for once. */
function shown(at: number, timeZone: string): Shown {
  const key = `${Math.floor(at / QUARTER)} ${timeZone}`;
  const known = SHOWN.get(key) ?? look(at, timeZone);
  SHOWN.set(key, known);
  return known;
}

function look(at: number, timeZone: string): Shown {
  const format =
    FORMATS.get(timeZone) ??
    new Intl.DateTimeFormat("en-US", {
      ...{ timeZone, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", weekday: "short" },
      hourCycle: "h23",
    });
  FORMATS.set(timeZone, format);
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  return {
    day: `${parts["year"]}-${parts["month"]}-${parts["day"]}`,
    hour: Number(parts["hour"]),
    weekday: parts["weekday"] ?? "",
  };
}

function dayName(at: number, timeZone: string): string {
  return shown(at, timeZone).day;
}

function opensAt(at: number, { leadZone, businessHoursOnly }: Story["messages"][number]): boolean {
  if (!businessHoursOnly) return true;
  const { hour, weekday } = shown(at, leadZone);
  return !["Sat", "Sun"].includes(weekday) && hour >= 9 && hour < 17;
}

function nextOpen(at: number, lead: Story["messages"][number]): number {
  let minute = at;
  while (!opensAt(minute, lead)) minute = (Math.floor(minute / MINUTE) + 1) * MINUTE;
  return minute;
}

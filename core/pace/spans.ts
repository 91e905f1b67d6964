import type { CalendarDay } from "./calendar.ts";
import type { DayCount, PlaceBook } from "./place-book.ts";
import type { MailboxPace } from "./settings.ts";

/**
 * How many more fit on `day` by the spans of a pace: of all days in a row that hold it, the fullest decide. The place at `ownAt`
 * (ms) isn't counted; `of` says whether places are, or only what has left. Infinite without spans, and not above 0 where
 * none fits.
 */
export function roomInSpans(
  { spans = [] }: Pick<MailboxPace, "spans">,
  day: CalendarDay,
  ownAt: number | null,
  book: PlaceBook,
  of: keyof DayCount = "taken",
): number {
  let room = Number.POSITIVE_INFINITY;
  for (const { days, most } of spans) {
    const counts = daysAround(day, days, book).map(
      (each) => book.countOn(each)[of] - Number(ownAt !== null && each.from <= ownAt && ownAt < each.to),
    );
    room = Math.min(room, most - fullest(counts, days));
  }
  return room;
}

/** Over how many days in a row something is counted; 0 without spans. */
export function longestSpan({ spans = [] }: Pick<MailboxPace, "spans">): number {
  return Math.max(0, ...spans.map(({ days }) => days));
}

/** Every day that lies in a row of `days` with this one, in order. */
function daysAround(day: CalendarDay, days: number, { calendar }: PlaceBook): readonly CalendarDay[] {
  const around = [day];
  for (let n = 1, [first, last] = [day, day]; n < days; n += 1) {
    first = calendar.before(first);
    last = calendar.after(last);
    around.unshift(first);
    around.push(last);
  }
  return around;
}

/** The most that `days` counts in a row come to. */
function fullest(counts: readonly number[], days: number): number {
  let sum = counts.slice(0, days).reduce((total, count) => total + count, 0);
  let most = sum;
  for (let n = days; n < counts.length; n += 1) {
    sum += (counts[n] ?? 0) - (counts[n - days] ?? 0);
    most = Math.max(most, sum);
  }
  return most;
}

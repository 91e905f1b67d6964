import type { OpenSpan } from "../opening.ts";
import type { CalendarDay } from "./calendar.ts";
import type { PlaceBook } from "./place-book.ts";
import { capOn, gapMs, type MailboxPace, spreadMs } from "./settings.ts";
import { roomInSpans } from "./spans.ts";

/** Why a place lies later than was wished. */
export type PaceReason =
  | "mailbox_cap_reached"
  | "mailbox_ramp"
  | "mailbox_span_full"
  | "mailbox_gap"
  | "mailbox_spread";

/** What a place is looked for by. Times are milliseconds. */
export interface Wish {
  readonly id: string;
  readonly from: number;
  readonly pace: MailboxPace;
  /** The first time at or after an instant at which the lead may be written to; null when none comes. */
  readonly opening: (at: number) => OpenSpan | null;
}

/** Where there is room, and what kept it from being at once; null when nothing did. */
export interface Found {
  readonly at: number;
  readonly because: PaceReason | null;
}

/** Farther ahead no place is looked for. */
const AHEAD_MAX_MS = 366 * 24 * 3600_000;

/**
 * The first instant at which one more message may leave: on a day that has room, as all days in a row with it have, while the lead may be written to, the gap
 * away from its neighbours; and where there is a cap, as far from them as spreads a day's messages over its open time.
 * Null when a year has none.
 */
export function findPlace({ id, from, pace, opening }: Wish, book: PlaceBook): Found | null {
  const { calendar } = book;
  // A place that is given up for an earlier one takes no room from it.
  const ownAt = book.find(id)?.at ?? null;
  let because: PaceReason | null = null;
  let day = calendar.dayOf(from);
  for (let at = from; at < from + AHEAD_MAX_MS; at = day.to, day = calendar.after(day)) {
    const { most, by } = capOn(pace, day, calendar.nameOf);
    const { taken, sent } = book.countOn(day);
    if (most !== null && taken >= most) {
      because ??= by === "ramp" ? "mailbox_ramp" : "mailbox_cap_reached";
      continue;
    }
    if (roomInSpans(pace, day, ownAt, book) < 1) {
      because ??= "mailbox_span_full";
      continue;
    }
    const open = openTimes(day, opening);
    if (open === null) return null;
    const left = open.flatMap((span) => (span.to > at ? [{ from: Math.max(span.from, at), to: span.to }] : []));
    if (left.length === 0) continue;
    const even = most === null ? 0 : Math.min(lengthOf(open) / most, lengthOf(left) / (most - sent));
    const free = firstFree(
      left,
      Math.floor(even),
      { gap: gapMs(pace), most: pace.gapSpreadSeconds * 1000, own: spreadMs(pace, id) },
      book,
    );
    if (free !== null) return { at: free, because: free > from ? (because ?? spacing(pace)) : null };
    because ??= spacing(pace);
  }
  return null;
}

/** Why messages of one day are apart. */
export function spacing({ minGapSeconds }: MailboxPace): PaceReason {
  return minGapSeconds > 0 ? "mailbox_gap" : "mailbox_spread";
}

/** The times of one day at which the lead may be written to; null when none comes any more. */
function openTimes({ from, to }: CalendarDay, opening: Wish["opening"]): readonly OpenSpan[] | null {
  const spans: OpenSpan[] = [];
  for (let at = from; at < to; ) {
    const span = opening(at);
    if (span === null) return spans.length === 0 ? null : spans;
    if (span.from < to) spans.push({ from: Math.max(span.from, from), to: Math.min(span.to, to) });
    at = span.to;
  }
  return spans;
}

function lengthOf(spans: readonly OpenSpan[]): number {
  return spans.reduce((sum, { from, to }) => sum + to - from, 0);
}

/**
 * The first instant of these times that is free. Evenly spread over all of them is what is tried first; then ever closer,
 * down to the gap. A place that is as close as that keeps its `own` seconds beyond the gap, of `most` that it could be; it
 * is looked for as if it were the most, so that mailboxes that spread keep the same distance on the whole.
 */
function firstFree(
  times: readonly OpenSpan[],
  even: number,
  { gap, most, own }: { readonly gap: number; readonly most: number; readonly own: number },
  book: PlaceBook,
): number | null {
  const least = gap + most;
  for (let apart = Math.max(even, least); ; apart = Math.max(Math.floor(apart / 2), least)) {
    for (const time of times) {
      const free = book.firstFree(time, { after: apart, before: apart - most });
      if (free !== null) return apart > least ? free : Math.max(time.from, free - (most - own));
    }
    if (apart === least) return null;
  }
}

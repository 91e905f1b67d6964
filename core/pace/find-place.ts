import type { OpenSpan } from "../opening.ts";
import type { PlaceBook } from "./place-book.ts";
import { capOn, gapMs, type MailboxPace, spreadMs } from "./settings.ts";

/** Why a place lies later than was wished. */
export type PaceReason = "mailbox_cap_reached" | "mailbox_ramp" | "mailbox_gap" | "mailbox_spread";

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
 * The first instant at which one more message may leave: on a day that has room, while the lead may be written to, the gap
 * away from its neighbours; and where there is a cap, as far from them as spreads a day's messages over its open time.
 * Null when a year has none.
 */
export function findPlace({ id, from, pace, opening }: Wish, book: PlaceBook): Found | null {
  const { calendar } = book;
  let because: PaceReason | null = null;
  let day = calendar.dayOf(from);
  for (let at = from; at < from + AHEAD_MAX_MS; ) {
    if (at >= day.to) day = at === day.to ? calendar.after(day) : calendar.dayOf(at);
    const { most, by } = capOn(pace, day, calendar.nameOf);
    const room = most === null ? Number.POSITIVE_INFINITY : most - book.countOn(day).taken;
    if (room <= 0) {
      because ??= by === "ramp" ? "mailbox_ramp" : "mailbox_cap_reached";
      at = day.to;
      continue;
    }
    const span = opening(at);
    if (span === null) return null;
    const clip = { from: Math.max(at, span.from), to: Math.min(span.to, day.to) };
    if (clip.from >= day.to) {
      at = clip.from;
      continue;
    }
    const nominal = most === null ? 0 : (clip.to - Math.max(span.from, day.from)) / most;
    const free = firstFree(clip, room, nominal, { gap: gapMs(pace), extra: spreadMs(pace, id) }, book);
    if (free !== null) return { at: free, because: free > from ? (because ?? spacing(pace)) : null };
    because ??= spacing(pace);
    at = clip.to;
  }
  return null;
}

/** Why messages of one day are apart. */
export function spacing({ minGapSeconds }: MailboxPace): PaceReason {
  return minGapSeconds > 0 ? "mailbox_gap" : "mailbox_spread";
}

/**
 * The first instant of `clip` that is free. Evenly spread is what is tried first: as many as there is room for over the
 * time that is left, but no farther apart than the whole span asks for; then ever closer, down to the gap.
 */
function firstFree(
  clip: OpenSpan,
  room: number,
  nominal: number,
  { gap, extra }: { readonly gap: number; readonly extra: number },
  book: PlaceBook,
): number | null {
  const least = gap + extra;
  const busy = book.between(clip.from - Math.max(least, nominal), clip.to + gap);
  const inside = busy.filter((at) => at >= clip.from && at < clip.to).length;
  const even = Math.floor(Math.min(nominal, (clip.to - clip.from) / (inside + room)));
  for (let apart = Math.max(even, least); ; apart = Math.max(Math.floor(apart / 2), least)) {
    const free = firstHole(busy, clip, apart, apart - extra);
    if (free !== null) return free;
    if (apart === least) return null;
  }
}

/** The first instant of `clip` that lies `after` behind whatever is busy before it and `before` ahead of what comes next. */
function firstHole(busy: readonly number[], clip: OpenSpan, after: number, before: number): number | null {
  let candidate = clip.from;
  for (const at of busy) {
    if (at + after <= candidate) continue;
    if (at - before >= candidate && at > candidate) break;
    candidate = Math.max(candidate, at + after);
  }
  return candidate < clip.to ? candidate : null;
}

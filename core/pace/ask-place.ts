import { findPlace, type PaceReason, spacing, type Wish } from "./find-place.ts";
import type { Opening } from "./openings.ts";
import type { PlaceBook } from "./place-book.ts";
import { capOn, gapMs, type MailboxPace } from "./settings.ts";
import { roomInSpans } from "./spans.ts";

/** What is asked of a mailbox's pace for one draft. */
export interface PlaceAsk {
  /** The draft's; the same one is the same place. */
  readonly id: string;
  /** `take` before it is asked for, `claim` right before its message leaves. */
  readonly to: "take" | "claim";
  /** A claim after a try that may have arrived: that one stays counted. */
  readonly repeats: boolean;
  readonly pace: MailboxPace;
  /** By whose days the cap is counted. */
  readonly timeZone: string;
  readonly opening: Opening;
}

/** The word of a mailbox's pace, with what it counted: the trace keeps it. Times are milliseconds. */
export type PlaceAnswer = { readonly counted: Counted } & Word;

/** `until` is the place that it has instead; where a year is full, when it is looked for again. */
type Word =
  | { readonly granted: true }
  | { readonly granted: false; readonly until: number; readonly reason: PaceReason | "mailbox_full_for_a_year" };

/** How the day of the asking stands. */
export interface Counted {
  readonly day: string;
  readonly sent: number;
  readonly taken: number;
  /** What may be sent that day; null for no bound. */
  readonly cap: number | null;
}

/** Whoever comes this long after its place comes from an outage or a pause, with many others: it gets another. */
const STALE_MS = 15 * 60_000;
const LOOK_AGAIN_MS = 24 * 3600_000;

/** Takes a place, or claims one for this moment (`now`, ms); what becomes of it is in the book. */
export function askPlace(ask: PlaceAsk, now: number, book: PlaceBook): PlaceAnswer {
  const answer = ask.to === "take" ? take(ask, now, book) : claim(ask, now, book);
  return { ...answer, counted: countedOn(ask.pace, now, book) };
}

/** How the day of `at` (ms) stands. */
export function countedOn(pace: MailboxPace, at: number, book: PlaceBook): Counted {
  const day = book.calendar.dayOf(at);
  const { taken, sent } = book.countOn(day);
  const { most } = capOn(pace, day, book.calendar.nameOf);
  const cap = Math.min(most ?? Number.POSITIVE_INFINITY, taken + Math.max(0, roomInSpans(pace, day, null, book)));
  return { day: day.name, sent, taken, cap: Number.isFinite(cap) ? cap : null };
}

const GRANTED: Word = { granted: true };

function take(ask: PlaceAsk, now: number, book: PlaceBook): Word {
  const own = book.find(ask.id);
  if (own === null) return settle(ask, now, book);
  if (own.is === "sent") return GRANTED;
  if (own.at > now) return keepOrImprove(ask, own.at, now, book);
  const isOfToday = book.calendar.dayOf(own.at).from === book.calendar.dayOf(now).from;
  // No draft is asked for whose message could not leave today any more, because the cap was lowered.
  if (isOfToday && now - own.at < STALE_MS && hasRoomToday(ask, now, book)) return GRANTED;
  book.drop(ask.id);
  return settle(ask, now, book);
}

/** Counts it as sent now, if the day and the gap have room for it; else it gets a place of its own to come back at. */
function claim(ask: PlaceAsk, now: number, book: PlaceBook): Word {
  const own = book.find(ask.id);
  if (own !== null && own.is === "kept" && own.at > now) {
    const kept = keepOrImprove(ask, own.at, now, book);
    if (!kept.granted) return kept;
  }
  if (own !== null && own.is === "queued" && own.at > now)
    return { granted: false, until: own.at, reason: "mailbox_gap" };
  if (own !== null && own.is === "sent" && ask.repeats) {
    book.drop(ask.id);
    book.put({ ...own, id: `${ask.id} ${own.at}` });
  }
  if (!hasRoomToday(ask, now, book)) {
    book.drop(ask.id);
    return settle(ask, now, book);
  }
  const before = book.latest("sent", ask.id);
  const queued = book.latest("queued", ask.id);
  // Who waited in the queue until now is its head; anyone else stands behind all who wait.
  const isHead = own !== null && own.is === "queued";
  const behind = isHead ? before : latestOf(before, queued);
  if (behind !== null && now < behind + gapMs(ask.pace)) {
    // A head that is on time, right behind one that was late, waits for the rest of the gap and not behind the others.
    const isOnTime = isHead && now - own.at < gapMs(ask.pace);
    const until = (isOnTime ? behind : (latestOf(before, queued) ?? behind)) + gapMs(ask.pace);
    book.put({ id: ask.id, at: until, is: "queued" });
    return { granted: false, until, reason: "mailbox_gap" };
  }
  book.put({ id: ask.id, at: now, is: "sent" });
  return GRANTED;
}

/** Fewer than the cap have left today, and in all days in a row with it, and there is a place for this one: its own, or one that is free. */
function hasRoomToday({ id, pace }: PlaceAsk, now: number, book: PlaceBook): boolean {
  const day = book.calendar.dayOf(now);
  const { most } = capOn(pace, day, book.calendar.nameOf);
  const own = book.find(id);
  const isOfToday = own !== null && own.at >= day.from && own.at < day.to;
  const sentAt = own?.is === "sent" ? own.at : null;
  if (roomInSpans(pace, day, sentAt, book, "sent") < 1) return false;
  if (!isOfToday && roomInSpans(pace, day, own?.at ?? null, book) < 1) return false;
  if (most === null) return true;
  const { taken, sent } = book.countOn(day);
  const sentByOthers = sent - (isOfToday && own.is === "sent" ? 1 : 0);
  return sentByOthers < most && (isOfToday || taken < most);
}

/** A place that was freed, or that a higher cap makes, is taken if it is an earlier one. */
function keepOrImprove(ask: PlaceAsk, ownAt: number, now: number, book: PlaceBook): Word {
  const found = findPlace(wishOf(ask, now, book), book);
  if (found === null || found.at >= ownAt)
    return { granted: false, until: ownAt, reason: whyNotBefore(ask.pace, ownAt, now, book) };
  book.put({ id: ask.id, at: found.at, is: "kept" });
  return found.at <= now ? GRANTED : { granted: false, until: found.at, reason: found.because ?? "mailbox_spread" };
}

/** Why one's own place is no earlier: others go before it on the same day, or the days before it are full. */
export function whyNotBefore(pace: MailboxPace, ownAt: number, now: number, book: PlaceBook): PaceReason {
  const { calendar } = book;
  const today = calendar.dayOf(now);
  const { most, by } = capOn(pace, today, calendar.nameOf);
  if (ownAt >= today.to && roomInSpans(pace, today, ownAt, book) < 1) return "mailbox_span_full";
  if (ownAt < today.to || most === null) return spacing(pace);
  return by === "ramp" ? "mailbox_ramp" : "mailbox_cap_reached";
}

function settle(ask: PlaceAsk, now: number, book: PlaceBook): Word {
  const found = findPlace(wishOf(ask, now, book), book);
  if (found === null) return { granted: false, until: now + LOOK_AGAIN_MS, reason: "mailbox_full_for_a_year" };
  book.put({ id: ask.id, at: found.at, is: "kept" });
  return found.at <= now ? GRANTED : { granted: false, until: found.at, reason: found.because ?? "mailbox_spread" };
}

function wishOf({ id, pace, opening }: PlaceAsk, now: number, book: PlaceBook): Wish {
  return { id, from: now, pace, opening: book.openings.of(opening) };
}

function latestOf(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : Math.max(one, other);
}

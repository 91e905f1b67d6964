import type { OpenSpan } from "../opening.ts";
import type { Calendar, CalendarDay } from "./calendar.ts";
import type { Apart } from "./free-times.ts";
import type { Openings } from "./openings.ts";

/**
 * One message's place at a mailbox, at `at` (ms). `kept` before its draft is asked for; `queued` when its words are there
 * and only the gap is in the way; `sent` when it has left.
 */
export interface Place {
  readonly id: string;
  readonly at: number;
  readonly is: "kept" | "queued" | "sent";
}

/** How many places of a day are taken, and how many of these have left. */
export interface DayCount {
  readonly taken: number;
  readonly sent: number;
}

/** What is taken of one mailbox. Kept by its object (durable-objects/place-table.ts). */
export interface PlaceBook {
  /** The days by which the mailbox counts now. */
  readonly calendar: Calendar;
  readonly openings: Openings;
  find(id: string): Place | null;
  /** Writes the place, instead of the one with the same id. */
  put(place: Place): void;
  drop(id: string): void;
  countOn(day: CalendarDay): DayCount;
  /** The first instant (ms) of `span` that is so far from all places; null when there is none. */
  firstFree(span: OpenSpan, apart: Apart): number | null;
  /** The latest instant of a place of this kind but for that of `besides`; null when there is none. */
  latest(is: Place["is"], besides: string): number | null;
}

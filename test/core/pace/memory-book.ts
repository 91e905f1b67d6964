import type { OpenSpan } from "../../../core/opening.ts";
import { Calendar, type CalendarDay } from "../../../core/pace/calendar.ts";
import type { Apart } from "../../../core/pace/free-times.ts";
import { Openings } from "../../../core/pace/openings.ts";
import type { DayCount, Place, PlaceBook } from "../../../core/pace/place-book.ts";

/** The book of a mailbox in memory, without anything clever: it counts whatever it is asked about. */
export class MemoryBook implements PlaceBook {
  calendar: Calendar;
  readonly openings = new Openings();
  readonly places = new Map<string, Place>();

  constructor(timeZone: string) {
    this.calendar = new Calendar(timeZone);
  }

  find(id: string): Place | null {
    return this.places.get(id) ?? null;
  }

  put(place: Place): void {
    this.places.set(place.id, place);
  }

  drop(id: string): void {
    this.places.delete(id);
  }

  countOn({ from, to }: CalendarDay): DayCount {
    const ofDay = [...this.places.values()].filter(({ at }) => at >= from && at < to);
    return { taken: ofDay.length, sent: ofDay.filter(({ is }) => is === "sent").length };
  }

  between(from: number, to: number): readonly number[] {
    return [...this.places.values()]
      .map(({ at }) => at)
      .filter((at) => at >= from && at < to)
      .sort((left, right) => left - right);
  }

  /** Each instant that can be the first one is tried by itself. */
  firstFree(span: OpenSpan, { after, before }: Apart): number | null {
    const taken = [...this.places.values()].map(({ at }) => at);
    const isFree = (at: number) => taken.every((other) => other + after <= at || (other > at && other - before >= at));
    const free = [span.from, ...taken.map((at) => at + after)].filter(
      (at) => at >= span.from && at < span.to && isFree(at),
    );
    return free.length === 0 ? null : Math.min(...free);
  }

  latest(is: Place["is"], besides: string): number | null {
    const times = [...this.places.values()].filter((place) => place.is === is && place.id !== besides);
    return times.length === 0 ? null : Math.max(...times.map(({ at }) => at));
  }
}

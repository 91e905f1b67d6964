import { dayIn, nextDay, startOfDay } from "../schedule.ts";

/** One calendar day of a zone: its name (YYYY-MM-DD) and the instants (ms) between which it lies; `to` is outside. */
export interface CalendarDay {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** The days of one zone. What was reckoned once is remembered: many ask for the same days. */
export class Calendar {
  readonly timeZone: string;
  private readonly known = new Map<number, CalendarDay>();
  /** By the first instant of the day after. */
  private readonly knownBefore = new Map<number, CalendarDay>();
  private latest: CalendarDay | null = null;

  constructor(timeZone: string) {
    this.timeZone = timeZone;
  }

  /** The day that `at` (ms) lies in. */
  dayOf(at: number): CalendarDay {
    const { latest } = this;
    if (latest !== null && latest.from <= at && at < latest.to) return latest;
    const name = dayIn(at, this.timeZone);
    const day = this.remember({ name, from: startOfDay(name, this.timeZone), to: nextDay(at, this.timeZone) });
    this.latest = day;
    return day;
  }

  /** The day after. */
  after({ to }: CalendarDay): CalendarDay {
    const known = this.known.get(to);
    if (known !== undefined) return known;
    return this.remember({ name: dayIn(to, this.timeZone), from: to, to: nextDay(to, this.timeZone) });
  }

  /** The day before. */
  before({ from }: CalendarDay): CalendarDay {
    const known = this.knownBefore.get(from);
    if (known !== undefined) return known;
    const at = from - 1;
    const name = dayIn(at, this.timeZone);
    const day = this.remember({ name, from: startOfDay(name, this.timeZone), to: from });
    if (this.knownBefore.size >= DAYS_KNOWN_MAX) this.knownBefore.clear();
    this.knownBefore.set(from, day);
    return day;
  }

  /** The name of the day that `at` (ms) lies in. */
  readonly nameOf = (at: number): string => this.dayOf(at).name;

  private remember(day: CalendarDay): CalendarDay {
    if (this.known.size >= DAYS_KNOWN_MAX) this.known.clear();
    this.known.set(day.from, day);
    return day;
  }
}

const DAYS_KNOWN_MAX = 1_000;

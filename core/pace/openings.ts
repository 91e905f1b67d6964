import { type DayRange, nextOpenSpan, type OpenSpan } from "../opening.ts";
import { sendingTimes, type TimeSettings } from "../sending-times.ts";

/** When a lead may be written to, as plain data. */
export interface Opening {
  /** The lead's own, the mailbox's or the tenant's (core/sending-zone.ts). */
  readonly timeZone: string;
  readonly settings: TimeSettings;
  readonly tenantBlackouts: readonly DayRange[];
  readonly leadCountry: string | null;
}

/** What a lead is like who may be written to at any time: then the mailbox alone decides. */
export function anyTime(timeZone: string): Opening {
  return { timeZone, settings: { businessHoursOnly: false }, tenantBlackouts: [], leadCountry: null };
}

const LEADS_KNOWN_MAX = 50;
const SPANS_KNOWN_MAX = 1_000;
const MINUTE_MS = 60_000;

/** The open times of leads. Many share theirs, and whoever waits for months passes many days: what was reckoned is remembered. */
export class Openings {
  private readonly known = new Map<string, (at: number) => OpenSpan | null>();

  /** What finds this lead's first open time at or after an instant (ms); null when none comes in a year. */
  of(opening: Opening): (at: number) => OpenSpan | null {
    const key = JSON.stringify(opening);
    const known = this.known.get(key);
    if (known !== undefined) return known;
    if (this.known.size >= LEADS_KNOWN_MAX) this.known.clear();
    const finds = remembering(opening);
    this.known.set(key, finds);
    return finds;
  }
}

function remembering({ timeZone, settings, tenantBlackouts, leadCountry }: Opening): (at: number) => OpenSpan | null {
  const times = sendingTimes(settings, tenantBlackouts, leadCountry);
  const spans = new Map<number, OpenSpan | null>();
  return (at) => {
    // Days begin and windows open at whole minutes; the moments at which somebody asks hardly come again.
    if (at % MINUTE_MS !== 0) return nextOpenSpan(at, timeZone, times);
    const known = spans.get(at);
    if (known !== undefined) return known;
    if (spans.size >= SPANS_KNOWN_MAX) spans.clear();
    const span = nextOpenSpan(at, timeZone, times);
    spans.set(at, span);
    return span;
  };
}

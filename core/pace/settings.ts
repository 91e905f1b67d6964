import { extraMs } from "../jitter.ts";
import type { CalendarDay } from "./calendar.ts";

/** A daily cap that grows: `start` messages on its first day, `step` more on each day after it, at most `ceiling`. */
export interface Ramp {
  readonly start: number;
  readonly step: number;
  readonly ceiling: number;
  /** When (ms) it was set; its first day is the day of that. */
  readonly since: number;
}

/** How fast one mailbox sends. */
export interface MailboxPace {
  /** Messages a calendar day; null for no cap of its own. */
  readonly dailySendCap: number | null;
  readonly ramp: Ramp | null;
  /** Between two messages at the least. */
  readonly minGapSeconds: number;
  /** Up to so much more between two places, so that they don't tick like a clock. */
  readonly gapSpreadSeconds: number;
  /** Messages in any so many calendar days in a row, besides the day's own cap; absent for none. LinkedIn counts weeks and months. */
  readonly spans?: readonly PaceSpan[];
}

/** At most `most` in any `days` calendar days in a row. */
export interface PaceSpan {
  readonly days: number;
  readonly most: number;
}

/** No cap and no gap: as a mailbox is until somebody says otherwise. */
export const UNPACED: MailboxPace = { dailySendCap: null, ramp: null, minGapSeconds: 0, gapSpreadSeconds: 0 };

/** Whether a mailbox has anything to keep to. */
export function isPaced({ dailySendCap, ramp, minGapSeconds, gapSpreadSeconds, spans = [] }: MailboxPace): boolean {
  return dailySendCap !== null || ramp !== null || minGapSeconds > 0 || gapSpreadSeconds > 0 || spans.length > 0;
}

/** What may be sent on `day`, and whether the ramp or the cap says so; null for no bound. Before its first day a ramp is at its start. */
export function capOn(
  { dailySendCap, ramp }: MailboxPace,
  day: Pick<CalendarDay, "name">,
  firstDay: (since: number) => string,
): { readonly most: number | null; readonly by: "cap" | "ramp" } {
  if (ramp === null) return { most: dailySendCap, by: "cap" };
  const age = Math.max(0, Math.round((midnight(day.name) - midnight(firstDay(ramp.since))) / DAY_MS));
  const grown = Math.min(ramp.start + ramp.step * age, ramp.ceiling);
  return dailySendCap !== null && dailySendCap <= grown
    ? { most: dailySendCap, by: "cap" }
    : { most: grown, by: "ramp" };
}

/** The least time in milliseconds between two messages. */
export function gapMs({ minGapSeconds }: MailboxPace): number {
  return minGapSeconds * 1000;
}

/** What the place with this id keeps from the one before beyond the gap, in milliseconds: the same whenever it is asked for. */
export function spreadMs({ gapSpreadSeconds }: MailboxPace, id: string): number {
  return extraMs(id, gapSpreadSeconds);
}

const DAY_MS = 24 * 3600_000;

/** In UTC, so that days are as long as each other. */
function midnight(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}

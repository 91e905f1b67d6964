import fc from "fast-check";
import {
  type ClosedDay,
  type nextOpening,
  type SendingTimes,
  type SendingWindow,
  WEEKDAYS,
} from "../../../core/opening.ts";
import { clockChanges, firstMinute, mayLeave, shown } from "./oracle.ts";

const DAY_MS = 24 * 3600_000;
/** Every zone that the platform knows. */
export const ZONES = Intl.supportedValuesOf("timeZone");

/** One question: where, when, and what is open. */
export interface Case {
  readonly zone: string;
  readonly at: number;
  readonly windows: readonly SendingWindow[];
  readonly closed: readonly string[];
}

/** `00:00` to `24:00`, half of them at the edges where clocks are set. */
const time = fc.oneof(
  fc.integer({ min: 0, max: 1440 }),
  fc.constantFrom(0, 1, 15, 30, 59, 60, 61, 90, 105, 119, 120, 121, 135, 150, 180, 181, 240, 1380, 1439, 1440),
);
const clock = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
const window: fc.Arbitrary<SendingWindow> = fc
  .tuple(fc.subarray([...WEEKDAYS], { minLength: 1 }), time, time)
  .filter(([, one, other]) => one !== other)
  .map(([days, one, other]) => ({ days, from: clock(Math.min(one, other)), to: clock(Math.max(one, other)) }));

const zone = fc.oneof(
  fc.constantFrom(...ZONES),
  fc.constantFrom(
    ...["Australia/Lord_Howe", "America/Santiago", "Africa/Cairo", "Antarctica/Troll", "Asia/Beirut", "America/Nuuk"],
    ...["Europe/Paris", "America/New_York", "America/Havana", "Africa/Casablanca", "Pacific/Chatham"],
  ),
);
const anywhen = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2031, 11, 31) });

/** Any zone and windows, any date of six years; half of the dates around a day on which the clocks are set there. */
export const cases: fc.Arbitrary<Case> = fc
  .record({
    zone,
    anywhen,
    offMs: fc.integer({ min: -2 * DAY_MS, max: DAY_MS }),
    change: fc.option(fc.nat(9)),
    windows: fc.array(window, { minLength: 1, maxLength: 4 }),
    closedDays: fc.array(fc.integer({ min: -1, max: 9 }), { maxLength: 5 }),
  })
  .map(({ zone, anywhen, offMs, change, windows, closedDays }) => {
    const changes = change === null ? [] : clockChanges(new Date(anywhen).getUTCFullYear(), zone);
    const base = change === null ? undefined : changes[change % Math.max(changes.length, 1)];
    const at = base === undefined ? anywhen : base + offMs;
    return { zone, at, windows, closed: closedDays.map((days) => shown(at + days * DAY_MS, zone).day) };
  });

export function timesOf({ windows, closed }: Case): SendingTimes {
  return { windows, closedOn: (day): ClosedDay | null => (closed.includes(day) ? "blackout_date" : null) };
}

/** What is wrong with an opening, by the oracle; null when it is right. */
export function fault(asked: Case, opening: typeof nextOpening): string | null {
  const times = timesOf(asked);
  const opens = opening(asked.at, asked.zone, times);
  // Of four windows and ten closed days some come within the third week.
  const first = firstMinute(asked.at, asked.at + 24 * DAY_MS, asked.zone, times);
  if (opens === first) return null;
  const told = `asked ${new Date(asked.at).toISOString()} in ${asked.zone}: ${opens === null ? "none" : new Date(opens).toISOString()} instead of ${first === null ? "none" : new Date(first).toISOString()}`;
  if (opens === null) return `no opening: ${told}`;
  if (opens < asked.at) return `early: ${told}`;
  return mayLeave(opens, asked.zone, times) ? `late: ${told}` : `outside: ${told}`;
}

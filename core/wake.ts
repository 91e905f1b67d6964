import { unwantedContacts } from "./contacts.ts";
import type { Enrollment } from "./enrollment.ts";

/** An alarm further in the past than this counts as not set (it may be stuck). */
export const STALE_ALARM_MS = 60_000;

/** A wake-up this soon is the least that the platform keeps apart from "now". */
const SOON_MS = 1;

/** When this enrollment next has something to do, in milliseconds; null only when a person has to act first. */
export function nextWakeAt(state: Enrollment): number | null {
  const slots = state.unusedSlots.length > 0 || unwantedContacts(state).length > 0 ? [0] : [];
  return earliest([...stepWake(state), ...besidesWake(state), ...slots]);
}

/** The next thing to do after `time`: what was due by then has been looked at. */
export function nextWakeAfter(state: Enrollment, time: number): number | null {
  return earliest([...stepWake(state), ...besidesWake(state)].filter((wakeAt) => wakeAt > time));
}

/**
 * When something is looked at next, for the index and whoever sweeps it: also after the end, as long as an event or an
 * answer to a reply is on its way. Null when nothing is.
 */
export function nextDueAt(state: Enrollment): number | null {
  return earliest(state.phase.name === "finished" ? besidesWake(state) : [...stepWake(state), ...besidesWake(state)]);
}

function stepWake({ phase, paused }: Enrollment): readonly number[] {
  // Paused, nothing new begins; what is in flight or promised still ends.
  const asleep =
    paused !== null &&
    (phase.name === "waiting" || phase.name === "resting" || phase.name === "ready" || phase.name === "tasked");
  return phase.wakeAt === null || asleep ? [] : [phase.wakeAt];
}

function besidesWake({ answers, deliveries, replyNews }: Enrollment): readonly number[] {
  const news = replyNews == null ? [] : [replyNews.wakeAt];
  return [...answers.flatMap(({ phase }) => phase.wakeAt ?? []), ...deliveries.map(({ wakeAt }) => wakeAt), ...news];
}

function earliest(times: readonly number[]): number | null {
  return times.length === 0 ? null : Math.min(...times);
}

/**
 * Whether the alarm has to be set, and to what: never in the past, and not again where it stands already. One that would
 * ring too early is moved: a run for nothing costs more than the write.
 */
export function alarmToSet(wanted: number | null, scheduled: number | null, now: number): number | null {
  if (wanted === null) return null;
  const at = Math.max(wanted, now + SOON_MS);
  const isSet = scheduled !== null && scheduled > now - STALE_ALARM_MS;
  const stands = isSet && (scheduled === at || (wanted <= now && scheduled <= at));
  return stands ? null : at;
}

const RUNS_MAX = 120;
const RUNS_WITHIN_MS = 60_000;

/** What is due anyway, or the time (ms) to come back after trouble; what should have happened by now has to wait for that. */
export function soonerOf(wakeAt: number | null, againAt: number, now: number): number {
  return wakeAt === null || wakeAt <= now ? againAt : Math.min(wakeAt, againAt);
}

/** A run-away object costs money without an end: more runs than this within a minute, and it rests for one. */
export class RunBudget {
  private windowFrom = 0;
  private runs = 0;

  /** Takes one run; false when the budget is spent. */
  spend(now: number): boolean {
    if (now - this.windowFrom >= RUNS_WITHIN_MS) {
      this.windowFrom = now;
      this.runs = 0;
    }
    this.runs += 1;
    return this.runs <= RUNS_MAX;
  }

  /** No alarm before this; `now` as long as there is budget left. */
  earliest(now: number): number {
    return this.runs < RUNS_MAX || now - this.windowFrom >= RUNS_WITHIN_MS ? now : this.windowFrom + RUNS_WITHIN_MS;
  }
}

import type { Enrollment } from "./enrollment.ts";

/** An alarm further in the past than this counts as not set (it may be stuck). */
export const STALE_ALARM_MS = 60_000;

/** A wake-up this soon is the least that the platform keeps apart from "now". */
const SOON_MS = 1;

/** When this enrollment next has something to do, in milliseconds; null only when a person has to act first. */
export function nextWakeAt(state: Enrollment): number | null {
  const times: number[] = [];
  const { phase } = state;
  // Paused, nothing new begins; what is in flight or promised still ends.
  const asleep = state.paused !== null && (phase.name === "waiting" || phase.name === "resting" || phase.name === "ready");
  if (phase.wakeAt !== null && !asleep) times.push(phase.wakeAt);
  for (const answer of state.answers) if (answer.phase.wakeAt !== null) times.push(answer.phase.wakeAt);
  for (const delivery of state.deliveries) times.push(delivery.wakeAt);
  if (state.unusedSlots.length > 0) times.push(0);
  return times.length === 0 ? null : Math.min(...times);
}

/** The time when the next step is to be looked at, for the index; null when none is. */
export function nextDueAt(state: Enrollment): number | null {
  return state.phase.name === "finished" ? null : nextWakeAt(state);
}

/** Whether the alarm has to be set, and to what: never in the past, and not again where it stands already. */
export function alarmToSet(wanted: number | null, scheduled: number | null, now: number): number | null {
  if (wanted === null) return null;
  const at = Math.max(wanted, now + SOON_MS);
  const stands = scheduled !== null && scheduled <= at && scheduled > now - STALE_ALARM_MS;
  return stands ? null : at;
}

const RUNS_MAX = 120;
const RUNS_WITHIN_MS = 60_000;

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

import { Refusal } from "../../api/call.ts";

interface Pace {
  readonly phase: "idle" | "running" | "paused" | "finished" | "stopped";
  readonly done: number;
  readonly total: number;
  readonly workedMs: number;
  /** Until when the engine wants no more (ms); null when it doesn't mind. */
  readonly slowUntil: number | null;
  readonly now: number;
}

/** How fast it goes and how long it still takes, as far as that can be known. */
export function sayPace({ phase, done, total, workedMs, slowUntil, now }: Pace): string {
  if (phase === "paused") return "Paused";
  if (phase !== "running" || done === 0 || workedMs < 1_000) return "";
  const perSecond = done / (workedMs / 1_000);
  const left = sayDuration((total - done) / perSecond);
  const slow = slowUntil === null || slowUntil <= now ? "" : " · slowed down, as the engine asked";
  return `${perSecond < 10 ? perSecond.toFixed(1) : Math.round(perSecond)} a second · ${left} left${slow}`;
}

/** `12 seconds`, `about 4 minutes`. */
function sayDuration(seconds: number): string {
  if (seconds < 1) return "a moment";
  if (seconds < 90) return `${Math.ceil(seconds)} seconds`;
  if (seconds < 90 * 60) return `about ${Math.round(seconds / 60)} minutes`;
  return `about ${Math.round(seconds / 3_600)} hours`;
}

/** Why one failed, with the faulty fields, on one line. */
export function sayFault(error: unknown): string {
  if (!(error instanceof Error)) return "It did not work.";
  if (!(error instanceof Refusal) || !error.problem.errors?.length) return error.message;
  const faults = error.problem.errors.map(
    (fault) => `${"pointer" in fault ? fault.pointer.slice(1) : fault.parameter} ${fault.detail}`,
  );
  return faults.join("; ");
}

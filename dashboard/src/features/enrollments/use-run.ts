import { useEffect, useRef, useState } from "react";
import { gapForMany } from "../../api/room.ts";
import { judgeRefusal } from "./judge-refusal.ts";
import { createValve, runThrough, type Valve } from "./run-through.ts";

/** As many requests are under way at once: the engine is quick, and others work with it too. */
const AT_ONCE = 4;
/** So often the screen hears how far it is; ten thousand renderings would be slower than the work. */
const SHOW_EVERY_MS = 200;

/** One item that failed, and why. */
export interface Failure<Item> {
  readonly item: Item;
  readonly error: unknown;
}

/** How far a run is. */
export interface RunState<Item> {
  readonly phase: "idle" | "running" | "paused" | "finished" | "stopped";
  readonly done: number;
  readonly failures: readonly Failure<Item>[];
  /** How many came to what, where the deed says so. */
  readonly counts: Readonly<Record<string, number>>;
  /** The engine has asked to slow down: until when (ms). */
  readonly slowUntil: number | null;
  /** Milliseconds at work, pauses left out. */
  readonly workedMs: number;
  /** Why it could not go on to its end, where what was to be done could not be read. */
  readonly error: unknown;
}

interface Deed<Item, Value> {
  readonly items: Iterable<Item> | AsyncIterable<Item>;
  readonly act: (item: Item) => Promise<Value>;
  /** What came of one, in a word to count it under. */
  readonly sort?: (value: Value, item: Item) => string;
  readonly onEnd?: () => void;
}

interface Underway<Item> {
  readonly valve: Valve;
  readonly stopper: AbortController;
  readonly timer: ReturnType<typeof setInterval>;
  readonly failures: Failure<Item>[];
  readonly counts: Record<string, number>;
  slowUntil: number | null;
  done: number;
  workedMs: number;
  /** When the work last began or went on; null while it is paused. */
  since: number | null;
}

const IDLE = {
  phase: "idle",
  done: 0,
  failures: [],
  counts: {},
  slowUntil: null,
  workedMs: 0,
  error: null,
} as const;

/** Many requests, a few at once, that can be paused and stopped; it shows how far they are. It stops when its screen is left. */
export function useRun<Item, Value>() {
  const [state, setState] = useState<RunState<Item>>(IDLE);
  const underway = useRef<Underway<Item> | null>(null);
  // Whoever leaves the screen was asked before; what is under way then is finished, and nothing new begins.
  useEffect(() => () => stopOf(underway.current), []);

  const show = (run: Underway<Item>, change: Partial<RunState<Item>>) =>
    setState((before) => ({
      ...before,
      done: run.done,
      failures: run.failures.length === before.failures.length ? before.failures : [...run.failures],
      counts: { ...run.counts },
      slowUntil: run.slowUntil !== null && run.slowUntil > Date.now() ? run.slowUntil : null,
      workedMs: run.workedMs + (run.since === null ? 0 : Date.now() - run.since),
      ...change,
    }));

  const start = ({ items, act, sort, onEnd }: Deed<Item, Value>) => {
    const run: Underway<Item> = {
      valve: createValve(),
      stopper: new AbortController(),
      timer: setInterval(() => show(run, {}), SHOW_EVERY_MS),
      failures: [],
      counts: {},
      slowUntil: null,
      done: 0,
      workedMs: 0,
      since: Date.now(),
    };
    underway.current = run;
    setState({ ...IDLE, phase: "running" });
    const end = (change: Partial<RunState<Item>>) => {
      clearInterval(run.timer);
      hold(run);
      show(run, change);
      onEnd?.();
    };
    void runThrough<Item, Value>(items, {
      atOnce: AT_ONCE,
      signal: run.stopper.signal,
      valve: run.valve,
      gapMs: gapForMany,
      act,
      judge: (error, tries) => {
        const verdict = judgeRefusal(error, tries);
        if (verdict.kind === "again" && verdict.all) run.slowUntil = Date.now() + verdict.ms;
        return verdict;
      },
      onOutcome: (item, outcome) => {
        run.done += 1;
        if (outcome.ok) count(run, sort?.(outcome.value, item));
        else run.failures.push({ item, error: outcome.error });
      },
    }).then(
      (phase) => end({ phase }),
      (error: unknown) => end({ phase: "stopped", error }),
    );
  };
  const pause = () => {
    const run = underway.current;
    if (run === null) return;
    run.valve.close();
    hold(run);
    show(run, { phase: "paused" });
  };
  const goOn = () => {
    const run = underway.current;
    if (run === null) return;
    run.since = Date.now();
    run.valve.open();
    show(run, { phase: "running" });
  };
  return { state, start, pause, goOn, stop: () => stopOf(underway.current), reset: () => setState(IDLE) };
}

function count<Item>(run: Underway<Item>, word: string | undefined): void {
  if (word !== undefined) run.counts[word] = (run.counts[word] ?? 0) + 1;
}

function hold<Item>(run: Underway<Item>): void {
  run.workedMs += run.since === null ? 0 : Date.now() - run.since;
  run.since = null;
}

function stopOf<Item>(run: Underway<Item> | null): void {
  run?.stopper.abort();
  run?.valve.open();
}

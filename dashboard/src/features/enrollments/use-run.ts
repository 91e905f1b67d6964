import { useEffect, useRef, useState } from "react";
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
  /** Milliseconds at work, pauses left out. */
  readonly workedMs: number;
  /** Why it could not go on to its end, where what was to be done could not be read. */
  readonly error: unknown;
}

interface Deed<Item, Value> {
  readonly items: Iterable<Item> | AsyncIterable<Item>;
  readonly act: (item: Item) => Promise<Value>;
  readonly onValue?: (item: Item, value: Value) => void;
  readonly onEnd?: () => void;
}

interface Underway<Item> {
  readonly valve: Valve;
  readonly stopper: AbortController;
  readonly timer: ReturnType<typeof setInterval>;
  readonly failures: Failure<Item>[];
  done: number;
  workedMs: number;
  /** When the work last began or went on; null while it is paused. */
  since: number | null;
}

const IDLE = { phase: "idle", done: 0, failures: [], workedMs: 0, error: null } as const;

/** Many requests, a few at once, that can be paused and stopped; it shows how far they are. It goes on when its screen is left. */
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
      workedMs: run.workedMs + (run.since === null ? 0 : Date.now() - run.since),
      ...change,
    }));

  const start = ({ items, act, onValue, onEnd }: Deed<Item, Value>) => {
    const run: Underway<Item> = {
      valve: createValve(),
      stopper: new AbortController(),
      timer: setInterval(() => show(run, {}), SHOW_EVERY_MS),
      failures: [],
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
      act,
      judge: judgeRefusal,
      onOutcome: (item, outcome) => {
        run.done += 1;
        if (outcome.ok) onValue?.(item, outcome.value);
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

function hold<Item>(run: Underway<Item>): void {
  run.workedMs += run.since === null ? 0 : Date.now() - run.since;
  run.since = null;
}

function stopOf<Item>(run: Underway<Item> | null): void {
  run?.stopper.abort();
  run?.valve.open();
}

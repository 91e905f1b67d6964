import { vi } from "vitest";

/** Shorter waits than this are left alone; what they wait for is real. */
const SHORT_MS = 1_000;
const TIMES_FASTER = 400;

/**
 * Lets long waits pass: each takes a four-hundredth of its time, and the clock (`setClock`) goes on by the whole. So what
 * hangs is given up by the same bounds, in the same order, as in production. Undone by `vi.restoreAllMocks`.
 */
export function passWaits(): void {
  const wait = scheduler.wait.bind(scheduler);
  vi.spyOn(scheduler, "wait").mockImplementation(async (ms, options) => {
    const until = Date.now() + ms;
    await wait(hastened(ms), options);
    passTo(until);
  });
  const after = globalThis.setTimeout;
  vi.spyOn(globalThis, "setTimeout").mockImplementation(((run: () => void, ms = 0) => {
    const until = Date.now() + ms;
    return after(() => {
      passTo(until);
      run();
    }, hastened(ms));
  }) as typeof setTimeout);
}

function hastened(ms: number): number {
  return ms < SHORT_MS ? ms : ms / TIMES_FASTER;
}

function passTo(until: number): void {
  if (vi.isFakeTimers() && Date.now() < until) vi.setSystemTime(until);
}

/** What became of one item. */
export type Outcome<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly error: unknown };

/** How many are worked on, by whom, and what is done with what comes of it. */
export interface RunOptions<Item, Value> {
  readonly atOnce: number;
  /** Aborted: nothing new begins; what is under way is finished, so that its end is known. */
  readonly signal: AbortSignal;
  readonly act: (item: Item) => Promise<Value>;
  readonly onOutcome: (item: Item, outcome: Outcome<Value>) => void;
  /** What is to be done about a failure after so many tries (from 1). */
  readonly judge: (error: unknown, tries: number) => Verdict;
  readonly valve: Valve;
  /** At least so long between the beginnings of two, in milliseconds. */
  readonly gapMs?: () => number;
  readonly wait?: (ms: number) => Promise<void>;
}

/**
 * `again`: this item once more after `ms`, `all` of the workers waiting with it where they were asked to slow down. `no`: it has
 * failed. `stop`: it has failed, and so would all the others.
 */
export type Verdict =
  | { readonly kind: "again"; readonly ms: number; readonly all: boolean }
  | { readonly kind: "no" }
  | { readonly kind: "stop" };

/** Lets work through, or holds it up. */
export interface Valve {
  readonly close: () => void;
  readonly open: () => void;
  /** Resolves when it is open. */
  readonly passed: () => Promise<void>;
}

/** A valve, open at first. */
export function createValve(): Valve {
  let closed: { readonly until: Promise<void>; readonly open: () => void } | null = null;
  return {
    close: () => {
      if (closed !== null) return;
      let open = () => {};
      const until = new Promise<void>((resolve) => {
        open = resolve;
      });
      closed = { until, open };
    },
    open: () => {
      closed?.open();
      closed = null;
    },
    passed: async () => {
      while (closed !== null) await closed.until;
    },
  };
}

/**
 * Works through `items`, a few at once, as they come; answers how it ended. What the source itself throws is thrown once those
 * under way are done.
 */
export async function runThrough<Item, Value>(
  items: Iterable<Item> | AsyncIterable<Item>,
  options: RunOptions<Item, Value>,
): Promise<"finished" | "stopped"> {
  const { atOnce, signal, act, onOutcome, judge, valve, gapMs = () => 0, wait = sleep } = options;
  const source = inTurn(items);
  let isStopped = false;
  let slowDown: Promise<void> = Promise.resolve();
  let gap: Promise<void> = Promise.resolve();

  const isOver = () => isStopped || signal.aborted;
  const work = async (item: Item) => {
    for (let tries = 1; ; tries += 1) {
      try {
        const value = await act(item);
        return onOutcome(item, { ok: true, value });
      } catch (error) {
        const verdict = judge(error, tries);
        if (verdict.kind === "again" && !isOver()) {
          const pause = wait(verdict.ms);
          if (verdict.all) slowDown = pause;
          await pause;
          if (!isOver()) continue;
        }
        if (verdict.kind === "stop") isStopped = true;
        return onOutcome(item, { ok: false, error });
      }
    }
  };
  const worker = async () => {
    while (!isOver()) {
      await valve.passed();
      await slowDown;
      const before = gap;
      gap = before.then(() => (gapMs() > 0 ? wait(gapMs()) : undefined));
      await before;
      if (isOver()) return;
      const next = await source();
      if (next.done) return;
      await work(next.value);
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: atOnce }, worker));
  for (const end of ends) if (end.status === "rejected") throw end.reason;
  return isOver() ? "stopped" : "finished";
}

/** The items one after the other, however many ask at once: an iterator of one's own need not bear that. */
function inTurn<Item>(items: Iterable<Item> | AsyncIterable<Item>): () => Promise<IteratorResult<Item, unknown>> {
  const iterator = Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]();
  let last: Promise<unknown> = Promise.resolve();
  return () => {
    const next = last.then(() => iterator.next());
    last = next.catch(() => {});
    return next;
  };
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

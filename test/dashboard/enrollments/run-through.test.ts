import { expect, test } from "vitest";
import {
  createValve,
  type Outcome,
  runThrough,
  type Verdict,
} from "../../../dashboard/src/features/enrollments/run-through.ts";

interface Setting {
  readonly act?: (item: number) => Promise<string>;
  readonly judge?: (error: unknown, tries: number) => Verdict;
  readonly gapMs?: () => number;
}

function setUp({ act = async (item) => `did ${item}`, judge = () => ({ kind: "no" }), gapMs = () => 0 }: Setting = {}) {
  const outcomes = new Map<number, Outcome<string>>();
  const stopper = new AbortController();
  const valve = createValve();
  const waits: number[] = [];
  let underway = 0;
  let most = 0;
  const run = (items: Iterable<number> | AsyncIterable<number>) =>
    runThrough(items, {
      atOnce: 4,
      signal: stopper.signal,
      valve,
      judge,
      gapMs,
      act: async (item) => {
        underway += 1;
        most = Math.max(most, underway);
        try {
          await tick();
          return await act(item);
        } finally {
          underway -= 1;
        }
      },
      onOutcome: (item, outcome) => outcomes.set(item, outcome),
      wait: async (ms) => {
        waits.push(ms);
        await tick();
      },
    });
  return { run, outcomes, stopper, valve, waits, most: () => most };
}

const tick = () => new Promise<void>((resolve) => setImmediate(resolve));
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);

test("everything is done once, at most four at a time", async () => {
  const { run, outcomes, most } = setUp();
  expect(await run(upTo(50))).toBe("finished");
  expect(outcomes.size).toBe(50);
  expect(most()).toBe(4);
});

test("items come from a source that reads on while the work goes on", async () => {
  const { run, outcomes } = setUp();
  async function* pages() {
    for (const page of [0, 10, 20]) {
      await tick();
      yield* upTo(10).map((index) => page + index);
    }
  }
  expect(await run(pages())).toBe("finished");
  expect([...outcomes.keys()].toSorted((a, b) => a - b)).toEqual(upTo(30));
});

test("whoever is asked to slow down waits as long as asked, all workers with it, and loses nothing", async () => {
  let refusals = 3;
  const { run, outcomes, waits } = setUp({
    act: async (item) => {
      if (item === 5 && refusals-- > 0) throw new Error("429");
      return "done";
    },
    judge: () => ({ kind: "again", ms: 7_000, all: true }),
  });
  expect(await run(upTo(20))).toBe("finished");
  expect(waits).toEqual([7_000, 7_000, 7_000]);
  expect([...outcomes.values()].every(({ ok }) => ok)).toBe(true);
});

test("a failure of one is told, and the others go on", async () => {
  const { run, outcomes } = setUp({
    act: async (item) => {
      if (item % 10 === 0) throw new Error(`no ${item}`);
      return "done";
    },
  });
  expect(await run(upTo(30))).toBe("finished");
  expect([...outcomes].filter(([, { ok }]) => !ok).map(([item]) => item)).toEqual([0, 10, 20]);
});

test("what would fail for all of them ends the run", async () => {
  const { run, outcomes } = setUp({
    act: async () => {
      throw new Error("not published");
    },
    judge: () => ({ kind: "stop" }),
  });
  expect(await run(upTo(1_000))).toBe("stopped");
  expect(outcomes.size).toBeLessThanOrEqual(4);
});

test("stopping lets what is under way end, and begins nothing new", async () => {
  const { run, outcomes, stopper } = setUp({
    act: async (item) => {
      if (item === 10) stopper.abort();
      return "done";
    },
  });
  expect(await run(upTo(1_000))).toBe("stopped");
  expect(outcomes.size).toBeGreaterThanOrEqual(11);
  expect(outcomes.size).toBeLessThan(18);
});

test("paused work waits, and goes on where it stood", async () => {
  const { run, outcomes, valve } = setUp({
    act: async (item) => {
      if (item === 3) valve.close();
      return "done";
    },
  });
  const running = run(upTo(100));
  for (let turns = 0; turns < 30; turns += 1) await tick();
  const whilePaused = outcomes.size;
  expect(whilePaused).toBeLessThan(12);
  for (let turns = 0; turns < 30; turns += 1) await tick();
  expect(outcomes.size).toBe(whilePaused);
  valve.open();
  expect(await running).toBe("finished");
  expect(outcomes.size).toBe(100);
});

test("a source that can't be read on is told, after the rest is done", async () => {
  const { run, outcomes } = setUp();
  async function* broken() {
    yield* upTo(6);
    throw new Error("no more pages");
  }
  await expect(run(broken())).rejects.toThrow("no more pages");
  expect(outcomes.size).toBe(6);
});

test("between the beginnings of two there is the gap that leaves others their room", async () => {
  const { run, outcomes, waits } = setUp({ gapMs: () => 125 });
  expect(await run(upTo(10))).toBe("finished");
  expect(outcomes.size).toBe(10);
  expect(waits.length).toBeGreaterThanOrEqual(10);
  expect(new Set(waits)).toEqual(new Set([125]));
});

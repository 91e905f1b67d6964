import { describe, expect, test } from "vitest";
import { draftRetryMs, eventRetryMs } from "../../core/backoff.ts";
import {
  type Admission,
  type Asker,
  admit,
  type EndpointBreaker,
  mended,
  NEW_BREAKER,
  noteResult,
} from "../../core/endpoint-breaker.ts";
import { HOUR, MINUTE, T } from "./given.ts";

const SECOND = 1_000;
/** Comes for the first time, to an endpoint of which it knows no ill. */
const NEW: Asker = { restedMs: 0, failingMs: 0, isQueued: false };

/** `1` asks and is answered well, `0` asks and fails, each a millisecond after the other. */
function having(results: string, before = NEW_BREAKER, from = T): EndpointBreaker {
  return [...results].reduce(
    (breaker, result, n) => noteResult(admit(breaker, from + n, NEW).breaker, from + n, result === "1"),
    before,
  );
}

function waitAt(breaker: EndpointBreaker, at: number, asker: Partial<Asker> = {}): number {
  return admit(breaker, at, { ...NEW, ...asker }).waitMs;
}

describe("closed", () => {
  test.each([
    ["nothing known", "", "closed"],
    ["nine failures are too few to judge", "000000000", "closed"],
    ["ten failures", "0000000000", "open"],
    ["seven of ten", "1110000000", "open"],
    ["six of ten", "1111000000", "closed"],
    ["a lead's own trouble among many good answers", "11111111111111110000", "closed"],
  ] as const)("%s: %s", (_name, results, mode) => {
    expect(having(results).mode).toBe(mode);
  });

  test("what is older than five minutes is forgotten", () => {
    const nine = having("000000000");
    expect(having("0", nine, T + 6 * MINUTE).mode).toBe("closed");
    expect(having("0", nine, T + 4 * MINUTE).mode).toBe("open");
  });

  test("ten may be under way at a time, and an answer, good or not, lets the next one out", () => {
    let breaker = NEW_BREAKER;
    for (let n = 0; n < 10; n += 1) breaker = admit(breaker, T, NEW).breaker;
    expect(admit(breaker, T, NEW)).toMatchObject({ waitMs: 12, why: "busy" });
    for (const good of [true, false]) expect(waitAt(noteResult(breaker, T + SECOND, good), T + SECOND)).toBe(0);
  });

  test("one that was mended knows no failures any more, and still who is under way", () => {
    let breaker = having("000000000");
    for (let n = 0; n < 10; n += 1) breaker = admit(breaker, T, NEW).breaker;
    expect(having("0", mended(breaker)).mode).toBe("closed");
    expect(admit(mended(breaker), T, NEW)).toMatchObject({ why: "busy" });
  });
});

describe("open", () => {
  const open = having("0000000000");
  const openedAt = T + 9;

  test("each gets a turn of its own, ten a second, from when the rest is over", () => {
    const waits: number[] = [];
    let breaker = open;
    for (let n = 0; n < 3; n += 1) {
      const admission = admit(breaker, openedAt, NEW);
      breaker = admission.breaker;
      waits.push(admission.waitMs);
    }
    expect(waits).toEqual([30_000, 30_100, 30_200]);
  });

  test("after the rest one probe leaves, and the others come back after it", () => {
    const probing = admit(open, openedAt + 30_000, NEW);
    expect([probing.waitMs, waitAt(probing.breaker, openedAt + 30_100)]).toEqual([0, 5_000]);
  });

  test("a probe that died with its process is followed by another", () => {
    const { breaker } = admit(open, openedAt + 30_000, NEW);
    expect(waitAt(breaker, openedAt + 30_000 + 60_000)).toBe(0);
  });

  test("each failed probe doubles the rest, up to three minutes, which end by the clock", () => {
    const rests: number[] = [];
    let breaker = open;
    let at = openedAt;
    for (let probe = 0; probe < 5; probe += 1) {
      rests.push(breaker.restUntil - at);
      at = breaker.restUntil;
      breaker = noteResult(admit(breaker, at, NEW).breaker, at, false);
    }
    expect(rests).toEqual([30_000, 60_000, 120_000, 149_991, 180_000]);
  });

  test("three good probes in a row close it; two don't", () => {
    const at = openedAt + 30_000;
    expect([having("11", open, at).mode, having("111", open, at).mode, having("110111", open, at).mode]).toEqual([
      "half_open",
      "closed",
      "open",
    ]);
  });

  test("what left before it opened doesn't judge the probes' time", () => {
    expect(noteResult(open, openedAt + SECOND, true)).toMatchObject({ mode: "open", restUntil: open.restUntil });
  });
});

describe("an instance that was put out of memory and knows nothing", () => {
  const waited = { restedMs: 120_000 };

  test("learns from whoever waited: one probe, and not everybody at once", () => {
    const first = admit(NEW_BREAKER, T, { ...NEW, ...waited });
    expect([first.waitMs, waitAt(first.breaker, T, waited), first.breaker.mode]).toEqual([0, 5_000, "half_open"]);
    expect(noteResult(first.breaker, T, false).restUntil).toBe(T + 180_000);
    // And with whoever didn't wait nothing comes back.
    expect(admit(NEW_BREAKER, T, NEW).breaker.mode).toBe("closed");
  });

  test("also when somebody new asked first, with an attempt that is out or has failed", () => {
    const asked = admit(NEW_BREAKER, T, NEW).breaker;
    expect(admit(asked, T, { ...NEW, ...waited }).breaker.mode).toBe("half_open");
    expect(admit(noteResult(asked, T, false), T, { ...NEW, ...waited }).breaker.mode).toBe("half_open");
  });

  test("but an answer that it has seen itself counts for more, and so does a person", () => {
    const answered = noteResult(admit(NEW_BREAKER, T, NEW).breaker, T, true);
    expect(admit(answered, T, { ...NEW, ...waited }).breaker.mode).toBe("closed");
    const reset = { ...NEW_BREAKER, learns: false };
    expect(admit(reset, T, { ...NEW, restedMs: 120_000, failingMs: HOUR }).breaker.mode).toBe("closed");
  });

  test("has who comes new wait for the others' probe, where there was nothing but failures for five minutes", () => {
    const at = T + 60_000;
    expect([
      waitAt(NEW_BREAKER, at, { failingMs: 5 * MINUTE - 1 }),
      waitAt(NEW_BREAKER, at, { failingMs: 5 * MINUTE }),
      waitAt(NEW_BREAKER, at, { failingMs: 5 * MINUTE, ...waited }),
    ]).toEqual([0, 120_000, 0]);
  });
});

/** What a day at a dead endpoint is like; each number has its plain default. */
interface Day {
  /** How long a request to it takes to fail. */
  readonly failsAfterMs: number;
  /** Steps become due one after the other over this time; events happen at any time of the six hours. */
  readonly overMs: number;
  readonly events: number;
  /** An object that isn't asked for ten seconds is put out of memory. */
  readonly forgets: boolean;
  /** What askers know is asked for. False: as it was when only the first asker was heard, and events knew nothing. */
  readonly guard: "with what askers know" | "without it" | "none";
  readonly hours: number;
}

interface Waiter {
  readonly kind: "step" | "event";
  readonly at: number;
  readonly restedMs: number;
  readonly isQueued: boolean;
  readonly attempt: number;
  readonly doing: "asks" | "is answered";
  /** What keeps it back: the breaker, or the schedule of its own retries. */
  readonly waitsFor: "breaker" | "schedule";
}

const WAITERS = 1_000;

/** A thousand steps and events at an endpoint that is dead from the start; each waits as it is told, retries as in production. */
function dead(changes: Partial<Day>) {
  const day: Day = {
    failsAfterMs: 50,
    overMs: MINUTE,
    events: 0,
    forgets: false,
    guard: "with what askers know",
    hours: 6,
    ...changes,
  };
  const dice = seeded(7);
  // Just after a probe went in vain: who waits has the longest rest before it.
  const backAt = T + day.hours * HOUR + SECOND;
  const fresh = { restedMs: 0, isQueued: false, attempt: 0, doing: "asks", waitsFor: "schedule" } as const;
  const steps = WAITERS - day.events;
  const queue: Waiter[] = [];
  for (let n = 0; n < steps; n += 1)
    enqueue(queue, { ...fresh, kind: "step", at: T + Math.floor((n * day.overMs) / steps) });
  for (let n = 0; n < day.events; n += 1)
    enqueue(queue, { ...fresh, kind: "event", at: T + Math.floor(dice() * day.hours * HOUR) });
  let breaker = NEW_BREAKER;
  let lastAt = T;
  let failingSince: number | null = null;
  let toTheDead = 0;
  let lost = 0;
  const answeredAt: number[] = [];
  const drained: number[] = [];
  for (let waiter = queue.pop(); waiter !== undefined; waiter = queue.pop()) {
    const { at } = waiter;
    if (day.forgets && at - lastAt > 10 * SECOND) breaker = NEW_BREAKER;
    lastAt = at;
    if (waiter.doing === "is answered") {
      const good = at > backAt;
      breaker = noteResult(breaker, at, good);
      failingSince = good ? null : (failingSince ?? at);
      if (good) {
        answeredAt.push(at);
        if (waiter.waitsFor === "breaker") drained.push(at - backAt);
        continue;
      }
      const retryMs = waiter.kind === "event" ? eventRetryMs(waiter.attempt, dice()) : stepRetryMs(waiter, day, dice());
      if (retryMs === null) lost += 1;
      else
        enqueue(queue, {
          ...waiter,
          at: at + retryMs,
          restedMs: 0,
          isQueued: false,
          doing: "asks",
          waitsFor: "schedule",
        });
      continue;
    }
    const { waitMs, why } = wait(waiter);
    if (waitMs > 0) {
      enqueue(queue, {
        ...waiter,
        at: at + waitMs,
        restedMs: why === "busy" ? 0 : waitMs,
        isQueued: why === "busy",
        waitsFor: at < backAt ? "breaker" : waiter.waitsFor,
      });
      continue;
    }
    if (at < backAt) toTheDead += 1;
    const takesMs = at < backAt ? day.failsAfterMs : 50;
    enqueue(queue, { ...waiter, at: at + takesMs, attempt: waiter.attempt + 1, doing: "is answered" });
  }
  return {
    toTheDead,
    lost,
    answered: answeredAt.length,
    drainedMs: Math.max(...drained),
    busiest: busiest(answeredAt),
  };

  function wait({ kind, at, restedMs, isQueued }: Waiter): Pick<Admission, "waitMs" | "why"> {
    if (day.guard === "none") return { waitMs: 0, why: "down" };
    const failingMs = failingSince === null ? 0 : at - failingSince;
    const knows =
      day.guard === "with what askers know" ? { restedMs, failingMs, isQueued } : asBefore(kind, restedMs, isQueued);
    const admission = admit(breaker, at, knows);
    breaker = { ...admission.breaker, learns: admission.breaker.learns && day.guard === "with what askers know" };
    return admission;
  }
}

function asBefore(kind: Waiter["kind"], restedMs: number, isQueued: boolean): Asker {
  return { restedMs: kind === "event" ? 0 : restedMs, failingMs: 0, isQueued };
}

function stepRetryMs({ attempt }: Waiter, { failsAfterMs }: Day, dice: number): number | null {
  if (attempt >= 12) return null;
  return Math.max(draftRetryMs(attempt, dice), failsAfterMs >= 30 * SECOND ? MINUTE : 0);
}

/** Keeps the queue in order, the first at its end. */
function enqueue(queue: Waiter[], waiter: Waiter): void {
  let [from, to] = [0, queue.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((queue[middle]?.at ?? 0) > waiter.at) from = middle + 1;
    else to = middle;
  }
  queue.splice(from, 0, waiter);
}

/** The most that came within one second. */
function busiest(times: readonly number[]): number {
  const sorted = times.toSorted((one, other) => one - other);
  let from = 0;
  return sorted.reduce((most, at, n) => {
    while ((sorted[from] ?? at) <= at - SECOND) from += 1;
    return Math.max(most, n - from + 1);
  }, 0);
}

function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

describe("R14: an endpoint dead for six hours, with a thousand that want it", () => {
  const SLOW = { failsAfterMs: 30_000 };
  const ALL_DAY = { overMs: 6 * HOUR };
  const EVENTS = { events: 200 };
  const FORGETS = { forgets: true };

  test.each<readonly [string, Partial<Day>, number]>([
    ["all due in the first minute, it refuses", {}, 12],
    ["all due in the first minute, it never answers", SLOW, 12],
    ["all due in the first minute, and a breaker put out of memory between two turns", FORGETS, 12],
    ["due one by one all day", ALL_DAY, 12],
    ["due all day, and such a breaker", { ...ALL_DAY, ...FORGETS }, 12],
    // Who was turned away by the one instance and by the next come in two rows.
    ["due all day, such a breaker, it never answers", { ...ALL_DAY, ...FORGETS, ...SLOW }, 24],
    ["200 of them events, and such a breaker", { ...EVENTS, ...FORGETS }, 12],
    ["due all day, 200 of them events, and such a breaker", { ...ALL_DAY, ...EVENTS, ...FORGETS }, 12],
    [
      "due all day, 200 of them events, such a breaker, it never answers",
      { ...ALL_DAY, ...EVENTS, ...FORGETS, ...SLOW },
      24,
    ],
  ])(
    "%s: it hears of us at most 200 times; then all who waited are through within five minutes, paced, and none is lost",
    (name, changes, aSecondMax) => {
      const { toTheDead, lost, answered, drainedMs, busiest } = dead(changes);
      console.info(
        `${name}: ${toTheDead} requests, through after ${Math.round(drainedMs / SECOND)} s, ${busiest} a second`,
      );
      expect(toTheDead).toBeLessThanOrEqual(200);
      expect([answered, lost]).toEqual([WAITERS, 0]);
      expect(drainedMs).toBeLessThanOrEqual(5 * MINUTE);
      expect(busiest).toBeLessThanOrEqual(aSecondMax);
    },
  );

  test("without what askers know, a breaker put out of memory would let a thousand through", () => {
    const { toTheDead } = dead({ ...ALL_DAY, ...EVENTS, ...FORGETS, guard: "without it" });
    console.info(`without what askers know: ${toTheDead} requests`);
    expect(toTheDead).toBeGreaterThan(1_000);
  });

  test("without a breaker each would spend its attempts on it", () => {
    expect(dead({ guard: "none" }).toTheDead).toBeGreaterThan(7_000);
  });
});

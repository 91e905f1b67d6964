import { describe, expect, test } from "vitest";
import { admit, type EndpointBreaker, NEW_BREAKER, noteResult } from "../../core/endpoint-breaker.ts";
import { HOUR, MINUTE, T } from "./given.ts";

const SECOND = 1_000;

/** `1` asks and is answered well, `0` asks and fails, each a millisecond after the other. */
function having(results: string, before = NEW_BREAKER, from = T): EndpointBreaker {
  return [...results].reduce(
    (breaker, result, n) => noteResult(admit(breaker, from + n, 0).breaker, from + n, result === "1"),
    before,
  );
}

function waitAt(breaker: EndpointBreaker, at: number, rested = 0): number {
  return admit(breaker, at, rested).waitMs;
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

  test("of an endpoint that nothing is known of, fifty may wait for an answer at a time; each good one lets ten more out", () => {
    let breaker = NEW_BREAKER;
    for (let n = 0; n < 50; n += 1) breaker = admit(breaker, T, 0).breaker;
    expect(waitAt(breaker, T)).toBe(500);
    breaker = noteResult(breaker, T + SECOND, true);
    expect(waitAt(breaker, T + SECOND)).toBe(0);
  });

  test("what was let through and never heard of again doesn't count for ever", () => {
    let breaker = NEW_BREAKER;
    for (let n = 0; n < 50; n += 1) breaker = admit(breaker, T, 0).breaker;
    expect([waitAt(breaker, T + MINUTE), waitAt(breaker, T + 2 * MINUTE)]).toEqual([500, 0]);
  });
});

describe("open", () => {
  const open = having("0000000000");
  const openedAt = T + 9;

  test("each gets a turn of its own, ten a second, from when the rest is over", () => {
    const waits: number[] = [];
    let breaker = open;
    for (let n = 0; n < 3; n += 1) {
      const admission = admit(breaker, openedAt, 0);
      breaker = admission.breaker;
      waits.push(admission.waitMs);
    }
    expect(waits).toEqual([30_000, 30_100, 30_200]);
  });

  test("after the rest one probe leaves, and the others come back after it", () => {
    const probing = admit(open, openedAt + 30_000, 30_000);
    expect([probing.waitMs, waitAt(probing.breaker, openedAt + 30_100)]).toEqual([0, 5_000]);
  });

  test("a probe that died with its process is followed by another", () => {
    const { breaker } = admit(open, openedAt + 30_000, 30_000);
    expect(waitAt(breaker, openedAt + 30_000 + 60_000)).toBe(0);
  });

  test("each failed probe doubles the rest, up to three minutes", () => {
    const rests: number[] = [];
    let breaker = open;
    let at = openedAt;
    for (let probe = 0; probe < 5; probe += 1) {
      rests.push(breaker.restUntil - at);
      at = breaker.restUntil;
      breaker = noteResult(admit(breaker, at, 1).breaker, at, false);
    }
    expect(rests).toEqual([30_000, 60_000, 120_000, 180_000, 180_000]);
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

test("memory that was lost comes back with whoever waited: one probe, and not everybody at once", () => {
  const first = admit(NEW_BREAKER, T, 120_000);
  expect([first.waitMs, waitAt(first.breaker, T, 120_000), first.breaker.mode]).toEqual([0, 5_000, "half_open"]);
  expect(noteResult(first.breaker, T, false).restUntil).toBe(T + 180_000);
  // And with whoever didn't wait nothing comes back.
  expect(admit(NEW_BREAKER, T, 0).breaker.mode).toBe("closed");
});

describe("R14: an endpoint dead for six hours, with a thousand enrollments due", () => {
  /** Each waits as it is told; a request to the dead endpoint fails after `failsAfter` ms. `forgets`: an object that isn't asked for ten seconds is put out of memory. */
  function dead({ failsAfter = 50, forgets = false, guard = true, hours = 6 }) {
    const backAt = T + hours * HOUR;
    const queue: { at: number; rested: number; answers: boolean }[] = [];
    for (let n = 0; n < 1_000; n += 1)
      queue.push({ at: T + Math.floor((n * MINUTE) / 1_000), rested: 0, answers: false });
    let breaker = NEW_BREAKER;
    let lastAt = T;
    let toTheDead = 0;
    let closedAt = 0;
    const passes: number[] = [];
    while (queue.length > 0) {
      queue.sort((one, other) => one.at - other.at);
      const event = queue.shift() ?? { at: 0, rested: 0, answers: false };
      if (forgets && event.at - lastAt > 10 * SECOND) breaker = NEW_BREAKER;
      lastAt = event.at;
      if (event.answers) {
        const good = event.at > backAt;
        breaker = noteResult(breaker, event.at, good);
        if (good && closedAt === 0 && breaker.mode === "closed") closedAt = event.at;
        if (!good) queue.push({ at: event.at + 60_000, rested: event.rested, answers: false });
        continue;
      }
      const admission = guard ? admit(breaker, event.at, event.rested) : { breaker, waitMs: 0 };
      breaker = admission.breaker;
      if (admission.waitMs > 0) {
        queue.push({ at: event.at + admission.waitMs, rested: admission.waitMs, answers: false });
        continue;
      }
      if (event.at < backAt) toTheDead += 1;
      else passes.push(event.at);
      queue.push({ at: event.at + (event.at < backAt ? failsAfter : 50), rested: event.rested, answers: true });
    }
    const busiest = Math.max(...passes.map((at, n) => passes.slice(n).findIndex((later) => later >= at + SECOND)));
    return { toTheDead, drainedMs: Math.max(...passes) - backAt, passed: passes.length, busiest, closedAt };
  }

  test.each([
    ["that refuses at once", {}],
    ["that never answers", { failsAfter: 30_000 }],
    ["that refuses, and a breaker that is put out of memory between two turns", { forgets: true }],
  ])(
    "%s hears of us at most 200 times; then all are through within five minutes, about ten a second, and none is lost",
    (_name, how) => {
      const { toTheDead, drainedMs, passed, busiest } = dead(how);
      expect(toTheDead).toBeLessThanOrEqual(200);
      expect(passed).toBe(1_000);
      expect(drainedMs).toBeLessThanOrEqual(5 * MINUTE);
      expect(busiest).toBeLessThanOrEqual(12);
    },
  );

  test("without a breaker it would hear of us all the time", () => {
    expect(dead({ guard: false, hours: 1 / 6 }).toTheDead).toBeGreaterThan(8_000);
  });
});

import { expect, test } from "vitest";
import { atLeast, draftRetryMs, eventRetryMs, sendRetryMs } from "../../core/backoff.ts";

const EVEN = 0.5;

test("a draft is asked for again after 10 s, 1 min, 5 min, 15 min, 45 min, and then every 2 h", () => {
  const waits = [1, 2, 3, 4, 5, 6, 7, 12].map((attempt) => draftRetryMs(attempt, EVEN) / 1000);
  expect(waits).toEqual([10, 60, 300, 900, 2700, 7200, 7200, 7200]);
});

test("the dice spread every wait by a fifth, so that many leads don't come back at once", () => {
  expect([draftRetryMs(1, 0), draftRetryMs(1, 1)]).toEqual([8_000, 12_000]);
  expect([eventRetryMs(1, 0), eventRetryMs(1, 1)]).toEqual([4_000, 6_000]);
  expect([sendRetryMs(1, 0), sendRetryMs(1, 1)]).toEqual([24_000, 36_000]);
});

test("an event is given up after nine retries and a message after five", () => {
  expect([eventRetryMs(9, EVEN), eventRetryMs(10, EVEN)]).toEqual([24 * 3600_000, null]);
  expect([sendRetryMs(5, EVEN), sendRetryMs(6, EVEN)]).toEqual([4 * 3600_000, null]);
});

test("in a demonstration every retry comes sooner by the same factor, and the schedule ends where it did", () => {
  expect([draftRetryMs(1, EVEN, 20), draftRetryMs(2, EVEN, 20)]).toEqual([500, 3_000]);
  expect([eventRetryMs(1, EVEN, 20), eventRetryMs(10, EVEN, 20)]).toEqual([250, null]);
  expect([sendRetryMs(1, EVEN, 20), sendRetryMs(6, EVEN, 20)]).toEqual([1_500, null]);
});

test.each([
  ["what is asked for counts", 10_000, 20 * 60_000, 20 * 60_000],
  ["up to an hour", 10_000, 90 * 3600_000, 3600_000],
  ["never sooner than planned", 10_000, 5_000, 10_000],
  ["and when nothing is asked, the plan stands", 10_000, null, 10_000],
])("Retry-After: %s", (_name, planned, asked, wait) => {
  expect(atLeast(planned, asked)).toBe(wait);
});

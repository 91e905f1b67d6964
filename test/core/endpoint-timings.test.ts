import { expect, test } from "vitest";
import { bucketTimings } from "../../core/endpoint-timings.ts";

const NOW = Date.parse("2026-11-23T11:42:00Z");
const MINUTE = 60_000;
const at = (minutesAgo: number, totalMs: number | null = 10, isFailure = false) => ({
  at: NOW - minutesAgo * MINUTE,
  totalMs,
  isFailure,
});

test.each([
  [1, 12],
  [4, 48],
  [5, 20],
  [24, 48],
  [25, 25],
  [168, 42],
])("%i hours are %i buckets, the last of which still runs", (hours, count) => {
  const { buckets, totals } = bucketTimings([at(0)], NOW, hours);
  expect(buckets).toHaveLength(count);
  expect([buckets[0]?.at, buckets.at(-1)?.requests]).toEqual([totals.at, 1]);
});

test("percentiles are durations that really were, and what never ended has none", () => {
  const hundred = Array.from({ length: 100 }, (_, n) => at(1, n + 1));
  const { totals } = bucketTimings([...hundred, at(1, null, true)], NOW, 1);
  expect(totals).toMatchObject({ requests: 101, failures: 1, p50Ms: 50, p95Ms: 95, p99Ms: 99 });
  const { totals: none } = bucketTimings([], NOW, 1);
  expect(none).toMatchObject({ requests: 0, failures: 0, p50Ms: null, p95Ms: null, p99Ms: null });
});

test("what is older than the span is left out", () => {
  const { totals, buckets } = bucketTimings([at(10), at(20, 30), at(300, 99_999)], NOW, 1);
  expect([totals.requests, totals.p99Ms]).toEqual([2, 30]);
  expect(buckets.filter(({ requests }) => requests > 0).map((bucket) => new Date(bucket.at).toISOString())).toEqual([
    "2026-11-23T11:20:00.000Z",
    "2026-11-23T11:30:00.000Z",
  ]);
});

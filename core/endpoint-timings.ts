/** A request as its endpoint is judged by it. */
interface Timing {
  readonly at: number;
  readonly isFailure: boolean;
  readonly totalMs: number | null;
}

/** What requests came to that began within some time from `at` (ms) on. Percentiles of their whole duration; null without any. */
export interface TimingBucket {
  readonly at: number;
  readonly requests: number;
  readonly failures: number;
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  readonly p99Ms: number | null;
}

const MINUTE_MS = 60_000;
/** Times that a clock's face has, so that buckets begin where people expect it. */
const WIDTHS_MS = [5, 15, 30, 60, 120, 240].map((minutes) => minutes * MINUTE_MS);
const BUCKETS_MAX = 48;

/** The last `hours` (1 to 168) before `now` in at most 48 buckets, oldest first, also those without any; and all in one. */
export function bucketTimings(
  timings: readonly Timing[],
  now: number,
  hours: number,
): { readonly totals: TimingBucket; readonly buckets: readonly TimingBucket[] } {
  const spanMs = hours * 60 * MINUTE_MS;
  const width = WIDTHS_MS.find((candidate) => spanMs / candidate <= BUCKETS_MAX) ?? spanMs / BUCKETS_MAX;
  const count = Math.ceil(spanMs / width);
  const from = (Math.floor(now / width) - count + 1) * width;
  const inSpan = timings.filter(({ at }) => at >= from);
  const byBucket: Timing[][] = Array.from({ length: count }, () => []);
  for (const timing of inSpan) byBucket[Math.min(Math.floor((timing.at - from) / width), count - 1)]?.push(timing);
  return {
    totals: bucketOf(from, inSpan),
    buckets: byBucket.map((inBucket, n) => bucketOf(from + n * width, inBucket)),
  };
}

function bucketOf(at: number, timings: readonly Timing[]): TimingBucket {
  const took = timings.flatMap(({ totalMs }) => totalMs ?? []).sort((left, right) => left - right);
  return {
    at,
    requests: timings.length,
    failures: timings.filter(({ isFailure }) => isFailure).length,
    p50Ms: percentile(took, 50),
    p95Ms: percentile(took, 95),
    p99Ms: percentile(took, 99),
  };
}

/** The nearest rank: a duration that really was. */
function percentile(sorted: readonly number[], percent: number): number | null {
  return sorted[Math.ceil((sorted.length * percent) / 100) - 1] ?? null;
}

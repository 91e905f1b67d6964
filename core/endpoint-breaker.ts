import { ALL_FREE, type EndpointPlaces, forcePlace, giveUpPlace, leavePlace, takePlace } from "./endpoint-places.ts";

/** Results older than this say nothing any more. */
const WINDOW_MS = 5 * 60_000;
const BUCKET_MS = 30_000;
/** Fewer results than this say nothing yet. */
const RESULTS_MIN = 10;
/** Of a hundred results, so many failures open it. */
const OPENS_AT_PERCENT = 70;
const GOOD_ONES = 3;
const REST_FIRST_MS = 30_000;
/** Decision 0014: short enough that a thousand waiting enrollments are through five minutes after the endpoint is back. */
const REST_MAX_MS = 3 * 60_000;
/** A probe that never reported died; the lease of an attempt is 45 s. */
const PROBE_MS = 60_000;
/** Whoever is turned away gets a turn of his own: ten a second, so that what waited comes back paced. */
const TURN_MS = 100;
/** While a probe is out, the others come back after it. */
const PROBE_WAIT_MS = 5_000;
/** Nothing but failures for so long is more than one draft's first retries. */
const FAILING_LONG_MS = 5 * 60_000;

/** How a breaker may stand. `half_open`: one probe at a time tells whether the endpoint is back. */
export const BREAKER_MODES = ["closed", "open", "half_open"] as const;
export type BreakerMode = (typeof BREAKER_MODES)[number];

/** Results that came within `BUCKET_MS` from `at`. */
interface Bucket {
  readonly at: number;
  readonly good: number;
  readonly failed: number;
}

/**
 * What is remembered of one endpoint, for minutes and in memory only: whether asking it is worth while. Times are
 * milliseconds since the epoch. engine.md, "Endpoint health".
 */
export interface EndpointBreaker {
  readonly mode: BreakerMode;
  /** Since when it lets everybody through, or doesn't; 0 where that isn't remembered. */
  readonly since: number;
  /** Oldest first. */
  readonly buckets: readonly Bucket[];
  /** How long the last rest was, and until when. */
  readonly restMs: number;
  readonly restUntil: number;
  /** Good answers in a row while half open. */
  readonly goodInRow: number;
  /** Until when a probe is out; 0 for none. */
  readonly probeUntil: number;
  /** The next free turn for whoever was turned away. */
  readonly nextTurn: number;
  /** Who is under way to it. */
  readonly places: EndpointPlaces;
  /** As long as there has been no answer, and nobody who reset it, what askers know counts: memory may have been lost. */
  readonly learns: boolean;
}

/** What an asker knows of the endpoint, in milliseconds. */
export interface Asker {
  /** What this breaker last told it to wait because the endpoint is down; 0 when it didn't. */
  readonly restedMs: number;
  /** It was last told to wait because all places were taken. */
  readonly isQueued: boolean;
  /** For how long every request has failed, as D1 has it; 0 when the last one was answered. */
  readonly failingMs: number;
}

export const NEW_BREAKER: EndpointBreaker = {
  mode: "closed",
  since: 0,
  buckets: [],
  restMs: 0,
  restUntil: 0,
  goodInRow: 0,
  probeUntil: 0,
  nextTurn: 0,
  places: ALL_FREE,
  learns: true,
};

/** May an attempt leave now? `waitMs` is 0 for yes, else how long to wait before asking again, and why. */
export interface Admission {
  readonly breaker: EndpointBreaker;
  readonly waitMs: number;
  readonly why: "down" | "busy";
}

/** Asks for one attempt. Memory that was lost meanwhile comes back with whoever asks. */
export function admit(before: EndpointBreaker, now: number, asker: Asker): Admission {
  const breaker = taught(withoutOld(before, now), now, asker);
  switch (breaker.mode) {
    case "closed": {
      const { places, waitMs } = takePlace(breaker.places, now, asker.isQueued);
      return { breaker: { ...breaker, places }, waitMs, why: "busy" };
    }
    case "open":
      return now < breaker.restUntil
        ? turn(breaker, now, breaker.restUntil)
        : probe({ ...breaker, mode: "half_open", goodInRow: 0 }, now);
    case "half_open":
      return now < breaker.probeUntil ? turn(breaker, now, now + PROBE_WAIT_MS) : probe(breaker, now);
  }
}

/** One attempt came to its end. `good` means that it was answered with something usable. */
export function noteResult(before: EndpointBreaker, now: number, good: boolean): EndpointBreaker {
  const left = { ...before, places: leavePlace(before.places, now) };
  const breaker = withResult(withoutOld(left, now), now, good);
  switch (breaker.mode) {
    case "open":
      return breaker; // it left before the door was closed
    case "half_open": {
      const back = { ...breaker, probeUntil: 0 };
      if (!good) return open(back, now, Math.min(back.restMs * 2, REST_MAX_MS));
      const goodInRow = back.goodInRow + 1;
      return goodInRow < GOOD_ONES
        ? { ...back, goodInRow }
        : { ...back, mode: "closed", since: now, goodInRow: 0, restMs: 0 };
    }
    case "closed": {
      const { good: answered, failed } = results(breaker);
      const isBad = answered + failed >= RESULTS_MIN && failed * 100 >= (answered + failed) * OPENS_AT_PERCENT;
      return isBad ? open(breaker, now, REST_FIRST_MS) : breaker;
    }
  }
}

/** What was let through wasn't made, so its place is free. */
export function noteUnused(before: EndpointBreaker, now: number): EndpointBreaker {
  return { ...before, places: giveUpPlace(before.places, now) };
}

/** Somebody mended it: what was known of it is no longer true, but for who is under way. */
export function mended(before: EndpointBreaker): EndpointBreaker {
  return { ...NEW_BREAKER, learns: false, places: before.places };
}

function open(breaker: EndpointBreaker, now: number, restMs: number): EndpointBreaker {
  // What led here has had its effect; the next judgement is about what comes after.
  const restUntil = restMs < REST_MAX_MS ? now + restMs : endOfLongRest(now);
  const since = breaker.mode === "closed" ? now : breaker.since;
  return { ...breaker, mode: "open", since, restMs, restUntil, probeUntil: 0, buckets: [], learns: false };
}

/**
 * The longest rests end by the clock, every three minutes, so that they end together for whoever was told by an instance
 * that is gone and whoever is told by the one after it: one probe is for all of them.
 */
function endOfLongRest(now: number): number {
  return (Math.floor(now / REST_MAX_MS) + 1) * REST_MAX_MS;
}

function probe(breaker: EndpointBreaker, now: number): Admission {
  const places = forcePlace(breaker.places, now);
  return { breaker: { ...breaker, places, probeUntil: now + PROBE_MS }, waitMs: 0, why: "down" };
}

function turn(breaker: EndpointBreaker, now: number, earliest: number): Admission {
  const at = Math.max(breaker.nextTurn, earliest);
  return { breaker: { ...breaker, nextTurn: at + TURN_MS }, waitMs: at - now, why: "down" };
}

/**
 * Where nothing is known that speaks against it, with what the asker knows: one that has waited may probe; one that comes
 * new to what has long been failing waits for the others' probe.
 */
function taught(breaker: EndpointBreaker, now: number, { restedMs, failingMs }: Asker): EndpointBreaker {
  if (!breaker.learns || breaker.mode !== "closed") return breaker;
  const isLong = failingMs >= FAILING_LONG_MS;
  if (restedMs <= 0) return isLong ? open(breaker, now, REST_MAX_MS) : breaker;
  const restMs = isLong ? REST_MAX_MS : Math.min(Math.max(restedMs, REST_FIRST_MS), REST_MAX_MS);
  return { ...breaker, mode: "half_open", since: now, restMs, learns: false };
}

/** Results that are too old say nothing any more. */
function withoutOld(breaker: EndpointBreaker, now: number): EndpointBreaker {
  return { ...breaker, buckets: breaker.buckets.filter(({ at }) => at > now - WINDOW_MS) };
}

function results({ buckets }: EndpointBreaker): { readonly good: number; readonly failed: number } {
  return {
    good: buckets.reduce((sum, { good }) => sum + good, 0),
    failed: buckets.reduce((sum, { failed }) => sum + failed, 0),
  };
}

function withResult(breaker: EndpointBreaker, now: number, good: boolean): EndpointBreaker {
  const learns = breaker.learns && !good;
  return inBucket({ ...breaker, learns }, now, { good: good ? 1 : 0, failed: good ? 0 : 1 });
}

function inBucket(breaker: EndpointBreaker, now: number, more: Omit<Bucket, "at">): EndpointBreaker {
  const at = Math.floor(now / BUCKET_MS) * BUCKET_MS;
  const last = breaker.buckets.at(-1);
  const bucket = last?.at === at ? last : { at, good: 0, failed: 0 };
  const earlier = last?.at === at ? breaker.buckets.slice(0, -1) : breaker.buckets;
  const added = {
    at,
    good: bucket.good + more.good,
    failed: bucket.failed + more.failed,
  };
  return { ...breaker, buckets: [...earlier, added] };
}

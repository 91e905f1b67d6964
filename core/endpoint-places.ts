/** At most so many requests are under way to one endpoint: a slow one doesn't pile them up, and a burst doesn't flood it. */
export const PLACES = 10;
/** A place is left by whoever took it; one whose taker died is free after this. The lease of an attempt is 45 s. */
const LEASE_MS = 60_000;
/** How long an answer takes at an endpoint of which nothing is known yet. */
const ANSWER_GUESS_MS = 100;
/** Turns come a little slower than places fall free, so that who has one finds a place and need not ask again. */
const SLACK_PERCENT = 115;
/** Of four answers the newest counts for one. */
const SMOOTHING = 4;
/** Nobody is told to stay away for longer than once to twice this: it may have become quicker meanwhile. */
const WAIT_MAX_MS = 60_000;

/** Who is under way to one endpoint, and when those who wait come again. Whole milliseconds, times since the epoch. */
export interface EndpointPlaces {
  /** When each place that is taken falls free by itself; the oldest first. */
  readonly leases: readonly number[];
  /** How long answers take, smoothed; null while none has come. */
  readonly answerMs: number | null;
  /** The next free turn for whoever comes new, and for whoever had a turn and found no place. */
  readonly nextTurn: number;
  readonly nextRetry: number;
}

export const ALL_FREE: EndpointPlaces = { leases: [], answerMs: null, nextTurn: 0, nextRetry: 0 };

/** A place, or how long to wait before asking again: then the asker says that it waited (`isQueued`). 0 is a place. */
export function takePlace(
  before: EndpointPlaces,
  now: number,
  isQueued: boolean,
): { readonly places: EndpointPlaces; readonly waitMs: number } {
  const places = current(before, now);
  const free = PLACES - places.leases.length;
  // Nobody comes in before those who have a turn, as long as they fill the places.
  const mayEnter = isQueued || places.nextTurn <= now || free > PLACES / 2;
  return free > 0 && mayEnter ? { places: withLease(places, now), waitMs: 0 } : turn(places, now, isQueued);
}

/** A place whether there is one or not: for a probe, of which there is one at a time. */
export function forcePlace(before: EndpointPlaces, now: number): EndpointPlaces {
  return withLease(current(before, now), now);
}

/** A request has ended. Whose it was isn't known, and for their number and the mean of their times it doesn't matter. */
export function leavePlace(before: EndpointPlaces, now: number): EndpointPlaces {
  const places = current(before, now);
  const [oldest, ...leases] = places.leases;
  if (oldest === undefined) return places;
  const tookMs = ageOf(oldest, now);
  const { answerMs } = places;
  const smoothed = answerMs === null ? tookMs : Math.round((answerMs * (SMOOTHING - 1) + tookMs) / SMOOTHING);
  return { ...places, leases, answerMs: smoothed };
}

/** A place was taken and no request made. */
export function giveUpPlace(before: EndpointPlaces, now: number): EndpointPlaces {
  const places = current(before, now);
  return { ...places, leases: places.leases.slice(0, -1) };
}

/** Without the leases that ran out. Where nobody is under way nobody need wait for a turn. */
function current(places: EndpointPlaces, now: number): EndpointPlaces {
  const leases = places.leases.filter((until) => until > now);
  return leases.length > 0 ? { ...places, leases } : { ...places, leases, nextTurn: 0, nextRetry: 0 };
}

/** One after the other, at the pace at which places fall free. */
function turn(places: EndpointPlaces, now: number, isQueued: boolean) {
  const gapMs = Math.max(Math.round((answerMsNow(places, now) * SLACK_PERCENT) / PLACES / 100), 1);
  const at = Math.max(isQueued ? places.nextRetry : places.nextTurn, now + gapMs);
  const next = isQueued ? { nextRetry: at + gapMs } : { nextTurn: at + gapMs };
  return { places: { ...places, ...next }, waitMs: bounded(at - now) };
}

/** Spread, so that those who were told the most don't come at once. */
function bounded(waitMs: number): number {
  return waitMs <= WAIT_MAX_MS ? waitMs : WAIT_MAX_MS + (waitMs % WAIT_MAX_MS);
}

/** As long as answers took, or as long as the oldest is being waited for already. */
function answerMsNow({ leases, answerMs }: EndpointPlaces, now: number): number {
  const [oldest] = leases;
  return Math.max(answerMs ?? ANSWER_GUESS_MS, oldest === undefined ? 0 : ageOf(oldest, now));
}

function withLease(places: EndpointPlaces, now: number): EndpointPlaces {
  return { ...places, leases: [...places.leases, now + LEASE_MS] };
}

function ageOf(lease: number, now: number): number {
  return Math.max(now - (lease - LEASE_MS), 0);
}

/** How long a bucket takes from empty to full. As long as an idle object stays in memory: what that forgets was full anyway. */
const WINDOW_SECONDS = 10;
const WINDOW_MS = WINDOW_SECONDS * 1_000;
/** What one key may take of its tenant's, so that a script that runs wild leaves the others room. */
const KEY_SHARE = 2;
const REQUESTS_MIN = 2;
const REQUESTS_MAX = 1_000_000;

/** How many requests fit into ten seconds: of a whole tenant, and of one of its keys. */
export interface Quotas {
  readonly tenant: number;
  readonly key: number;
}

/**
 * A token bucket in whole numbers. A request costs `WINDOW_MS` units and a quota of q gains q units a millisecond, so
 * nothing is ever rounded. Whoever keeps to q requests in any ten seconds finds it empty never.
 */
export interface Bucket {
  readonly units: number;
  /** When that was so, in milliseconds since the epoch. */
  readonly at: number;
}

/** What is left after a request, or of which it was refused. Whole numbers, times in milliseconds. */
export interface LimitWord {
  /** 0: the request may go on; else how long until the same request would. */
  readonly waitMs: number;
  readonly tenant: Left;
  readonly key: Left;
}

/** Requests that may follow at once, and how long until there is one more. */
export interface Left {
  readonly requests: number;
  readonly moreInMs: number;
}

/** The quotas of an installation that allows a tenant so many requests in ten seconds. Nonsense in its settings allows the default. */
export function quotasOf(perTenSeconds: number): Quotas {
  const isSound = Number.isInteger(perTenSeconds) && perTenSeconds >= REQUESTS_MIN && perTenSeconds <= REQUESTS_MAX;
  const tenant = isSound ? perTenSeconds : 200;
  return { tenant, key: Math.floor(tenant / KEY_SHARE) };
}

/** One request of one key: it needs a place in both buckets, and one that is refused costs nothing in either. */
export function takeRequest(
  tenantBucket: Bucket | undefined,
  keyBucket: Bucket | undefined,
  quotas: Quotas,
  now: number,
): { readonly tenant: Bucket; readonly key: Bucket; readonly word: LimitWord } {
  const tenant = filled(tenantBucket, quotas.tenant, now);
  const key = filled(keyBucket, quotas.key, now);
  const waitMs = Math.max(waitOf(tenant, quotas.tenant), waitOf(key, quotas.key));
  const after = waitMs > 0 ? { tenant, key } : { tenant: less(tenant), key: less(key) };
  const word = { waitMs, tenant: left(after.tenant, quotas.tenant), key: left(after.key, quotas.key) };
  return { ...after, word };
}

/** Whether a bucket is as full as one that was never used: it need not be kept. */
export function isFull(bucket: Bucket, quota: number, now: number): boolean {
  return filled(bucket, quota, now).units === quota * WINDOW_MS;
}

/** The same word some milliseconds later, while nothing else was taken. */
export function laterWord({ waitMs, tenant, key }: LimitWord, afterMs: number): LimitWord {
  const later = ({ requests, moreInMs }: Left): Left => ({ requests, moreInMs: Math.max(moreInMs - afterMs, 0) });
  return { waitMs: Math.max(waitMs - afterMs, 0), tenant: later(tenant), key: later(key) };
}

/**
 * `RateLimit-Policy` and, where the limiter has spoken, `RateLimit`, as draft-ietf-httpapi-ratelimit-headers-11 has them: q
 * requests in w seconds; r may follow now, and t seconds on there are more. Retry-After is never earlier than t, as it asks.
 */
export function rateLimitHeaders(quotas: Quotas, word: LimitWord | null): Readonly<Record<string, string>> {
  const policy = `"tenant";q=${quotas.tenant};w=${WINDOW_SECONDS}, "key";q=${quotas.key};w=${WINDOW_SECONDS}`;
  if (word === null) return { "ratelimit-policy": policy };
  const limits = { "ratelimit-policy": policy, ratelimit: `${item("tenant", word.tenant)}, ${item("key", word.key)}` };
  if (word.waitMs <= 0) return limits;
  const retryAfter = Math.max(seconds(word.waitMs), seconds(word.tenant.moreInMs), seconds(word.key.moreInMs));
  return { ...limits, "retry-after": String(retryAfter) };
}

/** What to do about a refusal, for its `detail`. */
export function refusalWords({ tenant, key }: Quotas, word: LimitWord): string {
  const whose =
    word.key.requests === 0
      ? `One key may make ${key} requests in ${WINDOW_SECONDS} seconds`
      : `All keys of a tenant together may make ${tenant} requests in ${WINDOW_SECONDS} seconds`;
  return `${whose}, and these are used up. Nothing was done; send it again after the seconds of Retry-After, and slow down when r in RateLimit gets low.`;
}

/** A key's id as a whole number below 2^44: what goes to the limiter's object travels in a header, as numbers only. */
export function keyNumber(keyId: string): number {
  const modulus = 17_592_186_044_399;
  let number = 0;
  for (let at = 0; at < keyId.length; at += 1) number = (number * 257 + keyId.charCodeAt(at)) % modulus;
  return number;
}

function filled(bucket: Bucket | undefined, quota: number, now: number): Bucket {
  const full = quota * WINDOW_MS;
  if (bucket === undefined) return { units: full, at: now };
  return { units: Math.min(bucket.units + Math.max(now - bucket.at, 0) * quota, full), at: now };
}

function less({ units, at }: Bucket): Bucket {
  return { units: units - WINDOW_MS, at };
}

/** How long until there is room for one request. */
function waitOf({ units }: Bucket, quota: number): number {
  return Math.max(Math.ceil((WINDOW_MS - units) / quota), 0);
}

function left({ units }: Bucket, quota: number): Left {
  const requests = Math.floor(units / WINDOW_MS);
  const isFull = units >= quota * WINDOW_MS;
  return { requests, moreInMs: isFull ? 0 : Math.ceil(((requests + 1) * WINDOW_MS - units) / quota) };
}

function item(name: string, { requests, moreInMs }: Left): string {
  return `"${name}";r=${requests};t=${seconds(moreInMs)}`;
}

function seconds(ms: number): number {
  return Math.ceil(ms / 1_000);
}

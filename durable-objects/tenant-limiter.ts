import { createDurable } from "itty-durable/itty-durable.js";
import { type Bucket, isFull, type LimitWord, quotasOf, takeRequest } from "../core/rate-limit.ts";

/** From here on buckets that are full are forgotten: they are as good as new ones. */
const KEYS_KEPT = 1_000;

/** A word as it crosses the wire: `waitMs`, then requests and `moreInMs` of the tenant, then of the key. */
export type WholeWord = readonly [number, number, number, number, number];

/**
 * Counts the API requests of one tenant and of each of its keys (`core/rate-limit.ts`). In memory only, whole numbers in
 * and out, and whoever can't reach it goes ahead: like the breaker's, so it may be of itty-durable (decisions 0014, 0019).
 */
export class TenantLimiterObject extends createDurable({ autoPersist: false }) {
  tenant: Bucket | undefined = undefined;
  keys: Map<number, Bucket> = new Map();

  /** One request of the key with this number, where a tenant may make so many in ten seconds. */
  take(key: number, perTenSeconds: number): WholeWord {
    const now = Date.now();
    const quotas = quotasOf(perTenSeconds);
    const taken = takeRequest(this.tenant, this.keys.get(key), quotas, now);
    this.tenant = taken.tenant;
    this.keys.set(key, taken.key);
    if (this.keys.size > KEYS_KEPT)
      for (const [other, bucket] of this.keys) if (isFull(bucket, quotas.key, now)) this.keys.delete(other);
    return inNumbers(taken.word);
  }
}

function inNumbers({ waitMs, tenant, key }: LimitWord): WholeWord {
  return [waitMs, tenant.requests, tenant.moreInMs, key.requests, key.moreInMs];
}

import { proxyDurable } from "itty-durable/proxy-durable.js";
import { keyNumber, type LimitWord } from "../core/rate-limit.ts";
import { atMost } from "./at-most.ts";
import type { WholeWord } from "./tenant-limiter.ts";

/** Longer than this no request waits for the limiter: then it goes on, and a refusal that comes later counts for the next. */
const PATIENCE_MS = 50;

/** Who asks: a key of a tenant, and how many requests the tenant may make in ten seconds. */
export interface LimitedCaller {
  readonly tenantId: string;
  readonly keyId: string;
  readonly perTenSeconds: number;
}

/**
 * The limiter's word on one request, or null where it has none in time. It never rejects. `whole` is done when the word
 * has come or can't come any more; `late` hears a word that came too late for this request.
 */
export function askLimiter(
  env: Env,
  caller: LimitedCaller,
  late: (word: LimitWord) => void,
): { readonly word: Promise<LimitWord | null>; readonly whole: Promise<void> } {
  let isLate = false;
  const asked = remote(env, caller);
  const word = atMost(PATIENCE_MS, "the limiter", () => asked).catch((error: unknown) => {
    isLate = true;
    console.error("a tenant's limiter gave no word in time; the request goes on", error);
    return null;
  });
  const whole = asked.then(
    (said) => (isLate ? late(said) : undefined),
    () => undefined,
  );
  return { word, whole };
}

async function remote(env: Env, { tenantId, keyId, perTenSeconds }: LimitedCaller): Promise<LimitWord> {
  // The proxy has every property that it is asked for, also `then`: it never leaves this function.
  const durable = proxyDurable(env.TENANT_LIMITERS, { name: "TENANT_LIMITERS", parse: true });
  const said: WholeWord = await durable.get(tenantId).take(keyNumber(keyId), perTenSeconds);
  const [waitMs, tenantLeft, tenantMoreMs, keyLeft, keyMoreMs] = said;
  return {
    waitMs,
    tenant: { requests: tenantLeft, moreInMs: tenantMoreMs },
    key: { requests: keyLeft, moreInMs: keyMoreMs },
  };
}

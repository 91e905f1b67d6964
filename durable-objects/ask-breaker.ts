import { proxyDurable } from "itty-durable/proxy-durable.js";
import type { EndpointRecord } from "../adapters/d1/facts.ts";
import { type Asker, BREAKER_MODES, type BreakerMode } from "../core/endpoint-breaker.ts";
import { atMost } from "./at-most.ts";

/** Longer than this nobody waits for a word about health: then the attempt goes ahead. */
const PATIENCE_MS = 1_000;

/** How long to keep away from an endpoint, in milliseconds, and whether because others are under way to it. 0: go. */
export interface BreakerWord {
  readonly waitMs: number;
  readonly isBusy: boolean;
}

/** The word of the endpoint's breaker; it never fails and never takes long, since it may not hold up a healthy endpoint. */
export async function askBreaker(
  env: Env,
  tenantId: string,
  endpointId: string,
  { restedMs, failingMs, isQueued }: Asker,
): Promise<BreakerWord> {
  try {
    const said = await remote(env, tenantId, endpointId, "ask", restedMs, failingMs, isQueued ? 1 : 0);
    return typeof said === "number" ? wordOf(said) : GO;
  } catch (error) {
    console.error("an endpoint's breaker could not be asked; the attempt goes ahead", error);
    return GO;
  }
}

function wordOf(said: number): BreakerWord {
  return { waitMs: Math.abs(said), isBusy: said < 0 };
}

const GO: BreakerWord = { waitMs: 0, isBusy: false };

/** What the breaker would say to whoever comes new; it isn't asked for a place. Null when it can't be reached. */
export async function lookAtBreaker(env: Env, tenantId: string, endpointId: string): Promise<BreakerWord | null> {
  const said = await remote(env, tenantId, endpointId, "look").catch(() => null);
  return typeof said === "number" ? wordOf(said) : null;
}

/** How the breaker stands, since when (ms; null where that isn't remembered), and how long it keeps requests away. */
export interface BreakerStand {
  readonly mode: BreakerMode;
  readonly since: number | null;
  readonly waitMs: number;
}

/** What a person is shown of the breaker. Null when it can't be reached. */
export async function readBreaker(env: Env, tenantId: string, endpointId: string): Promise<BreakerStand | null> {
  const [stands, word] = await Promise.all([
    remote(env, tenantId, endpointId, "stands").catch(() => null),
    lookAtBreaker(env, tenantId, endpointId),
  ]);
  const mode = typeof stands === "number" ? BREAKER_MODES[stands % 4] : undefined;
  if (typeof stands !== "number" || mode === undefined || word === null) return null;
  const since = Math.floor(stands / 4);
  return { mode, since: since === 0 ? null : since, waitMs: mode === "closed" ? 0 : word.waitMs };
}

/** What an enrollment knows of its endpoint: what it waited for, and what D1 has noted. */
export function askerOf(
  waited: Pick<Asker, "restedMs" | "isQueued">,
  endpoint: Pick<EndpointRecord, "failingSince"> | null,
): Asker {
  const failing = endpoint?.failingSince ?? null;
  return {
    restedMs: waited.restedMs,
    isQueued: waited.isQueued,
    failingMs: failing === null ? 0 : Math.max(Date.now() - failing.since, 0),
  };
}

/** Tells the breaker what came of an attempt. What can't be told is forgotten: the next attempts tell it too. */
export async function tellBreaker(env: Env, tenantId: string, endpointId: string, good: boolean): Promise<void> {
  await remote(env, tenantId, endpointId, "note", good ? 1 : 0).catch((error) =>
    console.error("an endpoint's breaker could not be told", error),
  );
}

/** Tells the breaker that an attempt which it let through is not made. What can't be told ends with its lease. */
export async function leaveBreaker(env: Env, tenantId: string, endpointId: string): Promise<void> {
  await remote(env, tenantId, endpointId, "leave").catch((error) =>
    console.error("an endpoint's breaker could not be told", error),
  );
}

/** Lets the endpoint be asked at once, whatever it did before; for when a person has changed it. */
export async function resetBreaker(env: Env, tenantId: string, endpointId: string): Promise<void> {
  await remote(env, tenantId, endpointId, "forget").catch((error) =>
    console.error("an endpoint's breaker could not be reset", error),
  );
}

/** Bounded in time. The proxy has every property that it is asked for, also `then`: it never leaves this function. */
function remote(
  env: Env,
  tenantId: string,
  endpointId: string,
  method: "ask" | "look" | "stands" | "note" | "leave" | "forget",
  ...whole: number[]
): Promise<unknown> {
  return atMost<unknown>(PATIENCE_MS, "the breaker", async () => {
    const durable = proxyDurable(env.ENDPOINT_BREAKERS, { name: "ENDPOINT_BREAKERS", parse: true });
    return durable.get(`${tenantId}/${endpointId}`)[method](...whole);
  });
}

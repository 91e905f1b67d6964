import { proxyDurable } from "itty-durable/proxy-durable.js";
import type { EndpointRecord } from "../adapters/d1/facts.ts";
import type { Asker } from "../core/endpoint-breaker.ts";
import { atMost } from "./at-most.ts";

/** Longer than this nobody waits for a word about health: then the attempt goes ahead. */
const PATIENCE_MS = 1_000;

/** The word of the endpoint's breaker; it never fails and never takes long, since it may not hold up a healthy endpoint. */
export async function askBreaker(
  env: Env,
  tenantId: string,
  endpointId: string,
  { restedMs, failingMs }: Asker,
): Promise<number> {
  try {
    const waitMs = await remote(env, tenantId, endpointId, "ask", restedMs, failingMs);
    return typeof waitMs === "number" && waitMs > 0 ? waitMs : 0;
  } catch (error) {
    console.error("an endpoint's breaker could not be asked; the attempt goes ahead", error);
    return 0;
  }
}

/** What an enrollment knows of its endpoint: how long it was told to wait (0: it wasn't), and what D1 has noted. */
export function askerOf(restedMs: number, endpoint: Pick<EndpointRecord, "failingSince"> | null): Asker {
  const failing = endpoint?.failingSince ?? null;
  return { restedMs, failingMs: failing === null ? 0 : Math.max(Date.now() - failing.since, 0) };
}

/** Tells the breaker what came of an attempt. What can't be told is forgotten: the next attempts tell it too. */
export async function tellBreaker(env: Env, tenantId: string, endpointId: string, good: boolean): Promise<void> {
  await remote(env, tenantId, endpointId, "note", good ? 1 : 0).catch((error) =>
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
  method: "ask" | "note" | "forget",
  ...whole: number[]
): Promise<unknown> {
  return atMost<unknown>(PATIENCE_MS, "the breaker", async () => {
    const durable = proxyDurable(env.ENDPOINT_BREAKERS, { name: "ENDPOINT_BREAKERS", parse: true });
    return durable.get(`${tenantId}/${endpointId}`)[method](...whole);
  });
}

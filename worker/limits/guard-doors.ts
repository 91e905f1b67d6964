import type { MiddlewareHandler } from "hono";
import { clientGroup } from "../../core/client-group.ts";
import { atMost } from "../../durable-objects/at-most.ts";
import type { ApiContext, ApiEnv } from "../api.ts";
import { type AccessTable, accessOf } from "../auth/access.ts";
import { addressOf } from "../auth/address.ts";
import { problem } from "../problem.ts";
import { credentialsOf, knownCaller } from "./known-callers.ts";

/** The platform counts beside the Worker; if it doesn't at once, the request goes on. */
const PATIENCE_MS = 50;
/** Both limits of wrangler.toml count by the minute. */
const PERIOD_SECONDS = 60;

/**
 * The outer guard of what no limiter's object counts: per network address, by the platform's own limits, where they are
 * configured. Of the API's own routes only for credentials that nobody here knows yet, so that guessing keys doesn't reach D1.
 */
export function guardApi(table: () => AccessTable): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    if (accessOf(c, table()) === "public") return guardCallbacks(c, next);
    return knownCaller(await credentialsOf(c)) === undefined ? guardStrangers(c, next) : next();
  };
}

/** For whoever comes from anywhere. */
export const guardStrangers: MiddlewareHandler<ApiEnv> = async (c, next) =>
  (await isWithin(c, c.env.STRANGERS_LIMIT)) ? next() : refuse(c);

/** For the doors of programs that prove themselves by a signature or a token: many good calls come from few addresses. */
export const guardCallbacks: MiddlewareHandler<ApiEnv> = async (c, next) =>
  (await isWithin(c, c.env.CALLBACKS_LIMIT)) ? next() : refuse(c);

/** Without a binding or an address there is nothing to count by. */
async function isWithin(c: ApiContext, limit: RateLimit | undefined): Promise<boolean> {
  const address = addressOf(c);
  if (limit === undefined || address === null) return true;
  const asked = atMost(PATIENCE_MS, "the platform's limit", () => limit.limit({ key: clientGroup(address) }));
  const outcome = await asked.catch((error: unknown) => {
    console.error("a limit of the platform could not be asked; the request goes on", error);
    return { success: true };
  });
  return outcome.success;
}

function refuse(c: ApiContext): Response {
  return problem(
    c,
    "rate_limited",
    "Too many requests without a known key come from your network address. Nothing was done; send it again in a minute.",
    { headers: { "retry-after": String(PERIOD_SECONDS) } },
  );
}

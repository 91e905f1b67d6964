import type { MiddlewareHandler } from "hono";
import { clientGroup } from "../../core/client-group.ts";
import { atMost } from "../../durable-objects/at-most.ts";
import type { ApiContext, ApiEnv } from "../api.ts";
import { type AccessTable, accessOf } from "../auth/access.ts";
import { addressOf } from "../auth/address.ts";
import { problem } from "../problem.ts";
import { credentialsOf, keepSome, knownCaller } from "./known-callers.ts";

/** The platform counts beside the Worker; if it doesn't at once, the request goes on. */
const PATIENCE_MS = 50;
/** Both limits of wrangler.toml count by the minute. */
const PERIOD_SECONDS = 60;
/** How long an isolate keeps a refusal of credentials in mind without asking again. */
const REFUSED_MS = 1_000;
const REFUSED_KEPT = 2_000;

/** Credentials that nobody here knows, and whose first request is under way: by their hash. */
const underWay = new Set<string>();
/** Credentials that were refused, and until when. */
const refused = new Map<string, number>();

/**
 * The outer guard of what no limiter's object counts: per network address, by the platform's own limits, where they are
 * configured. Of the API's own routes only for credentials that nobody here knows yet, so that guessing keys doesn't reach D1.
 */
export function guardApi(table: () => AccessTable): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    if (accessOf(c, table()) === "public") return guardCallbacks(c, next);
    const credentials = await credentialsOf(c);
    if (knownCaller(credentials) !== undefined) return next();
    return credentials === null ? guardStrangers(c, next) : guardNewcomer(c, credentials, next);
  };
}

/**
 * The first request with credentials counts before it is looked up. Those that come beside it are one caller's burst at an
 * isolate that is new, if the key is good: they count afterwards, if it turns out not to be.
 */
async function guardNewcomer(
  c: ApiContext,
  credentials: string,
  next: () => Promise<void>,
): Promise<Response | undefined> {
  if ((refused.get(credentials) ?? 0) > Date.now()) return refuse(c);
  if (underWay.has(credentials)) {
    await next();
    if (c.get("tenant") === undefined) c.executionCtx.waitUntil(isWithin(c, c.env.STRANGERS_LIMIT));
    return undefined;
  }
  underWay.add(credentials);
  try {
    if (await isWithin(c, c.env.STRANGERS_LIMIT)) {
      await next();
      return undefined;
    }
  } finally {
    underWay.delete(credentials);
  }
  keepSome(refused, REFUSED_KEPT, credentials, Date.now() + REFUSED_MS);
  return refuse(c);
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

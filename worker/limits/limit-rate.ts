import type { MiddlewareHandler } from "hono";
import { type LimitWord, laterWord, quotasOf, rateLimitHeaders, refusalWords } from "../../core/rate-limit.ts";
import { askLimiter } from "../../durable-objects/ask-limiter.ts";
import type { ApiContext, ApiEnv } from "../api.ts";
import { problem } from "../problem.ts";
import {
  credentialsOf,
  forgetCaller,
  type KnownCaller,
  knownCaller,
  noteRefusal,
  refusalOf,
  rememberCaller,
} from "./known-callers.ts";

/**
 * Before authentication: whoever this isolate knows is counted, and a flood refused, before D1 hears of it. Whoever it
 * doesn't know is counted by `limitNewCaller`, once authentication has said who that is.
 */
export const limitKnownCaller: MiddlewareHandler<ApiEnv> = async (c, next) => {
  const credentials = await credentialsOf(c);
  const caller = knownCaller(credentials);
  if (credentials === null || caller === undefined) return next();
  c.set("isCounted", true);
  let hasGoneOn = false;
  const answer = await count(c, caller, () => {
    hasGoneOn = true;
    return next();
  });
  if (hasGoneOn) correct(c, credentials, caller);
  return answer;
};

/** After authentication: counts who was not known before, and remembers them. */
export const limitNewCaller: MiddlewareHandler<ApiEnv> = async (c, next) => {
  const tenant = c.get("tenant");
  const keyId = c.get("keyId");
  if (c.get("isCounted") === true || tenant === undefined || keyId === undefined) return next();
  const caller = { tenantId: tenant.tenantId, keyId };
  const credentials = await credentialsOf(c);
  if (credentials !== null) rememberCaller(credentials, caller);
  return count(c, caller, next);
};

/** Keys are revoked, and people leave or choose another tenant: what they did so far was counted for the one that they had. */
function correct(c: ApiContext, credentials: string, caller: KnownCaller): void {
  const now = c.get("tenant");
  if (now === undefined) forgetCaller(credentials);
  else if (now.tenantId !== caller.tenantId) rememberCaller(credentials, { ...caller, tenantId: now.tenantId });
}

async function count(c: ApiContext, caller: KnownCaller, next: () => Promise<void>): Promise<Response | undefined> {
  const quotas = quotasOf(Number(c.env.TENANT_REQUESTS_PER_10_SECONDS));
  const word = await wordOn(c, caller, quotas.tenant);
  const headers = rateLimitHeaders(quotas, word);
  if (word !== null && word.waitMs > 0) return problem(c, "rate_limited", refusalWords(quotas, word), { headers });
  await next();
  for (const [name, value] of Object.entries(headers)) c.header(name, value);
  return undefined;
}

async function wordOn(c: ApiContext, caller: KnownCaller, perTenSeconds: number): Promise<LimitWord | null> {
  const now = Date.now();
  const last = refusalOf(caller, now);
  if (last !== undefined) return laterWord(last.word, last.word.waitMs - (last.until - now));
  const note = (word: LimitWord) => noteRefusal(caller, word, Date.now());
  const { word, whole } = askLimiter(c.env, { ...caller, perTenSeconds }, note);
  c.executionCtx.waitUntil(whole);
  const said = await word;
  if (said !== null) note(said);
  return said;
}

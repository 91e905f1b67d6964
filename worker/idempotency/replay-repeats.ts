import type { MiddlewareHandler } from "hono";
import { sha256Hex } from "../../adapters/crypto/bytes.ts";
import { claimKey, forgetKey, type IdempotencySlot, keepAnswer } from "../../adapters/d1/idempotency-keys.ts";
import type { ApiContext, ApiEnv } from "../api.ts";
import { problem } from "../problem.ts";
import { invalid } from "../validation.ts";
import { maskSecrets } from "./mask-secrets.ts";

const KEY = /^[\x20-\x7e]{1,255}$/;

/**
 * Does a POST with an Idempotency-Key once. The first request is leased 60 s, so that a kill doesn't block the key; an
 * answer that says it was done is kept for 24 h, without secrets. Runs after authentication: keys belong to a tenant, a mode and a path.
 */
export const replayRepeats: MiddlewareHandler<ApiEnv> = async (c, next) => {
  const key = c.req.header("idempotency-key");
  const tenant = c.get("tenant");
  if (c.req.method !== "POST" || key === undefined || tenant === undefined) return next();
  if (!KEY.test(key))
    return invalid(c, [{ parameter: "Idempotency-Key", detail: "must be 1 to 255 printable characters of ASCII" }]);

  const { pathname, search } = new URL(c.req.url);
  const slot = { tenant, route: `${tenant.mode} POST ${pathname}`, key };
  const fingerprint = await sha256Hex(`POST\n${pathname}${search}\n${await c.req.text()}`);
  const claim = await claimKey(slot, fingerprint, Date.now());
  switch (claim.kind) {
    case "other_body":
      return problem(
        c,
        "idempotency_mismatch",
        "This Idempotency-Key was used with another body. Take a new key for a new request.",
      );
    case "running":
      return problem(
        c,
        "idempotency_in_progress",
        "The first request with this Idempotency-Key still runs. Try again in a moment.",
        {
          headers: { "retry-after": "1" },
        },
      );
    case "answered":
      return replay(claim.status, claim.response);
    case "claimed":
      await next();
      // What was done is done: the caller hears of it even when the key can't be written to. Its lease ends by itself.
      return finish(c, slot, claim.leaseUntil).catch((error: unknown) =>
        console.error("an idempotency key was not written", error),
      );
  }
};

async function finish(c: ApiContext, slot: IdempotencySlot, leaseUntil: number): Promise<void> {
  // Once the request is mended, or what stood in its way is gone, the same key does it.
  if (!c.res.ok) return forgetKey(slot, leaseUntil);
  const response = maskSecrets(await c.res.clone().text(), c.get("secretFields") ?? []);
  return keepAnswer(slot, leaseUntil, c.res.status, response);
}

function replay(status: number, response: string): Response {
  return new Response(response === "" ? null : response, {
    status,
    headers: { "content-type": "application/json", "idempotency-replayed": "true" },
  });
}

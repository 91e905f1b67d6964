import type { MiddlewareHandler } from "hono";
import { sha256Hex } from "../../adapters/crypto/bytes.ts";
import { findApiKey } from "../../adapters/d1/api-keys.ts";
import { openDatabase } from "../../adapters/d1/tenant-db.ts";
import { checkApiKey } from "../../core/api-key.ts";
import type { ApiContext, ApiEnv } from "../api.ts";
import { problem } from "../problem.ts";
import { isPublic } from "./public-routes.ts";

/**
 * Lets in who has a key, and binds the request to its tenant and mode. A mistyped key costs no look-up; a revoked one is
 * refused from the next request on, since nothing is cached.
 */
export const authenticate: MiddlewareHandler<ApiEnv> = async (c, next) => {
  if (isPublic(c.req.method, c.req.path)) return next();
  const key = keyOf(c);
  if (key === null) return refuse(c, "Send your API key as `Authorization: Bearer dh_…` or as `X-API-Key`.");
  const checked = checkApiKey(key);
  if (!checked.ok) return refuse(c, WHY[checked.reason]);
  const db = openDatabase(c.env.DB);
  const known = await findApiKey(db, await sha256Hex(key));
  if (known === null || known.mode !== checked.mode) return refuse(c, "This key is unknown or revoked.");
  c.set("tenant", { db, tenantId: known.tenantId, mode: known.mode === "live" ? "live" : "sandbox" });
  c.set("keyId", known.id);
  return next();
};

const WHY = {
  unknown_prefix: "A key starts with dh_live_ or dh_test_.",
  wrong_length: "This is not a whole key: its length is wrong.",
  wrong_character: "This is not a key: it holds a character that keys don't have.",
  wrong_checksum: "This is not a key: its checksum is wrong, so probably a character is.",
} as const;

function keyOf(c: ApiContext): string | null {
  const authorization = c.req.header("authorization");
  const bearer = authorization === undefined ? undefined : /^bearer +(\S+)$/i.exec(authorization.trim())?.[1];
  return bearer ?? c.req.header("x-api-key")?.trim() ?? null;
}

function refuse(c: ApiContext, detail: string): Response {
  return problem(c, "unauthorized", detail, { headers: { "www-authenticate": 'Bearer realm="drafthook"' } });
}

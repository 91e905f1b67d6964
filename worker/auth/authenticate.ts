import type { MiddlewareHandler } from "hono";
import { sha256Hex } from "../../adapters/crypto/bytes.ts";
import { type ApiKeyRecord, findApiKey, noteKeyUse } from "../../adapters/d1/api-keys.ts";
import { openDatabase, type Tenant } from "../../adapters/d1/tenant-db.ts";
import { checkApiKey } from "../../core/api-key.ts";
import type { ApiContext, ApiEnv } from "../api.ts";
import { noteRefusal } from "../audit/note-refusal.ts";
import { problem } from "../problem.ts";
import { type AccessTable, accessOf } from "./access.ts";
import { addressOf, isWithin } from "./address.ts";
import { asksBySession, authenticatePerson } from "./authenticate-person.ts";

/** Behind by this much `lastUsedAt` may be: a busy key would write a row for each request. */
const USE_NOTED_EVERY_MS = 60_000;

/**
 * Lets in who has a key, and binds the request to its tenant, mode and grant. A mistyped key costs no look-up; a revoked
 * one is refused from the next request on, everywhere: nothing is cached, and D1 is asked at its primary. Who has no key but
 * a session is a person (authenticate-person.ts).
 */
export function authenticate(table: () => AccessTable): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    if (accessOf(c, table()) === "public") return next();
    if (asksBySession(c)) return authenticatePerson(c, next);
    const key = keyOf(c);
    if (key === null)
      return refuse(c, "Send your API key as `Authorization: Bearer dh_…` or as `X-API-Key`, or sign in.");
    const checked = checkApiKey(key);
    if (!checked.ok) return refuse(c, WHY[checked.reason]);
    const db = openDatabase(c.env.DB);
    const known = await findApiKey(db, await sha256Hex(key));
    if (known === null || known.mode !== checked.mode) return refuse(c, "This key is unknown or revoked.");
    const now = Date.now();
    const { id, tenantId, name, last4, scopes, expiresAt, allowedIps } = known;
    const tenant: Tenant = { db, tenantId, mode: known.mode === "live" ? "live" : "sandbox" };
    const actor = { kind: "key", id, name, last4 } as const;
    if (expiresAt !== null && expiresAt <= now) {
      noteRefusal(c, tenant, actor, "key_expired");
      return refuseExpired(c, expiresAt);
    }
    const from = addressOf(c);
    if (allowedIps !== null && (from === null || !(await isWithin(c, from, allowedIps)))) {
      noteRefusal(c, tenant, actor, "address_not_allowed");
      return refuseAddress(c, from);
    }
    c.set("actor", actor);
    c.set("tenant", tenant);
    c.set("keyId", id);
    c.set("makerId", known.makerId);
    c.set("grant", { scopes, expiresAt, allowedIps });
    noteUse(c, tenant, known, now);
    return next();
  };
}

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

/** Behind the answer, never in its way: it isn't waited for, and nothing hangs on it. */
function noteUse(c: ApiContext, tenant: Tenant, { id, lastUsedAt }: ApiKeyRecord, now: number): void {
  if (lastUsedAt !== null && now - lastUsedAt < USE_NOTED_EVERY_MS) return;
  c.executionCtx.waitUntil(
    noteKeyUse(tenant, id, now, USE_NOTED_EVERY_MS).catch((error: unknown) =>
      console.error("the use of a key was not noted", error),
    ),
  );
}

function refuse(c: ApiContext, detail: string): Response {
  return problem(c, "unauthorized", detail, { headers: { "www-authenticate": 'Bearer realm="drafthook"' } });
}

function refuseExpired(c: ApiContext, expiresAt: number): Response {
  const detail = `This key expired on ${new Date(expiresAt).toISOString()}. Make a new one: POST /v1/keys, by a key that may.`;
  const headers = { "www-authenticate": 'Bearer realm="drafthook", error="invalid_token"' };
  return problem(c, "key_expired", detail, { headers });
}

function refuseAddress(c: ApiContext, from: string | null): Response {
  const seen = from === null ? "nothing says where this request came from" : `this request came from ${from}`;
  return problem(
    c,
    "address_not_allowed",
    `This key may be used from the addresses in its \`allowedIps\` only, and ${seen}.`,
  );
}

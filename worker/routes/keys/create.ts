import { createRoute } from "@hono/zod-openapi";
import { sha256Hex } from "../../../adapters/crypto/bytes.ts";
import { newId } from "../../../adapters/crypto/ids.ts";
import { newApiKey } from "../../../adapters/crypto/new-api-key.ts";
import { type ApiKeyRecord, insertApiKey, revokeApiKey } from "../../../adapters/d1/api-keys.ts";
import { roleIn } from "../../../adapters/d1/members.ts";
import { ApiKeyCreated, CreateApiKey } from "../../../core/contract/api-key.ts";
import { roleOf, scopesOf } from "../../../core/roles.ts";
import { scopesBeyond } from "../../../core/scope.ts";
import type { Api, ApiContext } from "../../api.ts";
import { body, bodyRefusals, idempotencyHeader, json, needs, no } from "../../openapi/parts.ts";
import { problem } from "../../problem.ts";
import { invalid } from "../../validation.ts";
import { narrowGrant } from "./narrow-grant.ts";
import { showApiKey } from "./show.ts";

const route = createRoute({
  method: "post",
  path: "/v1/keys",
  operationId: "createKey",
  tags: ["Keys"],
  security: needs("keys:write"),
  summary: "Make an API key",
  description:
    "The key is shown in this answer only: we keep no more than its hash. It may do no more than the asking key, live no longer and be used from nowhere else.",
  request: { headers: idempotencyHeader, body: body(CreateApiKey) },
  responses: {
    201: json(ApiKeyCreated, "The key, this once."),
    ...bodyRefusals,
    403: no("forbidden", "missing_scope", "address_not_allowed"),
    409: no("idempotency_in_progress"),
  },
});

/** POST /v1/keys */
export function createKey(app: Api): void {
  app.openapi(route, async (c) => {
    const wish = c.req.valid("json");
    const tenant = c.get("tenant");
    const own = tenant.mode === "live" ? "live" : "test";
    const mode = wish.mode ?? own;
    const now = Date.now();
    if (wish.expiresAt !== undefined && Date.parse(wish.expiresAt) <= now)
      return invalid(c, [{ pointer: "/expiresAt", detail: "is past: the key would open nothing" }]);
    if (own === "test" && mode === "live")
      return problem(c, "forbidden", "A test key can't make a live key. Ask with a live key.");
    const narrowed = await narrowGrant(c, c.get("grant"), wish);
    if (!narrowed.ok) return problem(c, "forbidden", narrowed.detail);
    const key = newApiKey(mode);
    const made = await insertApiKey(tenant, {
      ...narrowed.grant,
      id: newId("key"),
      mode,
      name: wish.name,
      hash: await sha256Hex(key),
      last4: key.slice(-4),
      makerId: c.get("makerId"),
      createdAt: now,
    });
    if (await isBeyondMaker(c, made)) {
      await revokeApiKey(tenant, made.id, now);
      return problem(c, "forbidden", "Your role has changed at this moment. The key was not made.");
    }
    c.set("secretFields", ["key"]);
    const shown = showApiKey(made);
    c.set("change", { id: made.id, before: null, after: shown });
    return c.json({ ...shown, key }, 201);
  });
}

/** Whether the member behind a key, asked now that the key is there, may not do what it may: they were taken out meanwhile. */
async function isBeyondMaker(c: ApiContext, { makerId, scopes }: ApiKeyRecord): Promise<boolean> {
  if (makerId === null) return false;
  const { db, tenantId } = c.get("tenant");
  const role = roleOf((await roleIn(db, makerId, tenantId)) ?? "");
  return role === null || scopesBeyond(scopesOf(role), scopes).length > 0;
}

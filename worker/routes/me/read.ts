import { createRoute } from "@hono/zod-openapi";
import { membershipsOf } from "../../../adapters/d1/members.ts";
import { readTenant } from "../../../adapters/d1/tenants.ts";
import type { Actor } from "../../../core/actor.ts";
import { Me } from "../../../core/contract/member.ts";
import type { Api } from "../../api.ts";
import { json, needs, refusals } from "../../openapi/parts.ts";

const route = createRoute({
  method: "get",
  path: "/v1/me",
  operationId: "getMe",
  tags: ["Tenant"],
  security: needs("tenant:read"),
  summary: "Who am I?",
  description: "Who asks, a key or a person, for which tenant and mode, and what they may do.",
  responses: { 200: json(Me, "Who asks."), ...refusals },
});

/** GET /v1/me */
export function readMe(app: Api): void {
  app.openapi(route, async (c) => {
    const [tenant, actor, { scopes }] = [c.get("tenant"), c.get("actor"), c.get("grant")];
    const { id, name } = await readTenant(tenant);
    const tenants = actor.kind === "person" ? await membershipsOf(tenant.db, actor.id) : [];
    const { mode } = tenant;
    const scopesShown = scopes === "all" ? null : [...scopes];
    return c.json({ actor: showAsker(actor), tenant: { id, name }, mode, scopes: scopesShown, tenants }, 200);
  });
}

/** Under /v1 nobody else asks: a link opens one route, and the system asks nobody. */
function showAsker(actor: Actor): Me["actor"] {
  if (actor.kind === "key" || actor.kind === "person") return actor;
  throw new Error(`a ${actor.kind} has got in as somebody who asks`);
}

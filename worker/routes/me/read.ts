import { createRoute } from "@hono/zod-openapi";
import { membershipsOf } from "../../../adapters/d1/members.ts";
import { readTenant } from "../../../adapters/d1/tenants.ts";
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
    return c.json({ actor, tenant: { id, name }, mode, scopes: scopes === "all" ? null : [...scopes], tenants }, 200);
  });
}

import { createRoute } from "@hono/zod-openapi";
import { readTenant } from "../../../adapters/d1/tenants.ts";
import { TenantAccount } from "../../../core/contract/tenant.ts";
import type { Api } from "../../api.ts";
import { json, needs, refusals } from "../../openapi/parts.ts";
import { showTenant } from "./show.ts";

const route = createRoute({
  method: "get",
  path: "/v1/tenant",
  operationId: "getTenant",
  tags: ["Tenant"],
  security: needs("tenant:read"),
  summary: "Read the tenant",
  description: "Whose key asks.",
  responses: { 200: json(TenantAccount, "The tenant."), ...refusals },
});

/** GET /v1/tenant */
export function readOwnTenant(app: Api): void {
  app.openapi(route, async (c) => c.json(showTenant(await readTenant(c.get("tenant"))), 200));
}

import { createRoute } from "@hono/zod-openapi";
import { findLinkedinAccount } from "../../../adapters/d1/linkedin-accounts.ts";
import { readTenant } from "../../../adapters/d1/tenants.ts";
import { LinkedinAccount } from "../../../core/contract/linkedin-account.ts";
import type { Api } from "../../api.ts";
import { json, needs, no, refusals } from "../../openapi/parts.ts";
import { notFound } from "../../problem.ts";
import { linkedinAccountId } from "./parameter.ts";
import { showLinkedinAccount } from "./show.ts";

const route = createRoute({
  method: "get",
  path: "/v1/linkedin-accounts/{id}",
  operationId: "getLinkedinAccount",
  tags: ["LinkedIn"],
  security: needs("linkedin:read"),
  summary: "Read a LinkedIn account",
  request: { params: linkedinAccountId },
  responses: { 200: json(LinkedinAccount, "The account, without its secrets."), 404: no("not_found"), ...refusals },
});

/** GET /v1/linkedin-accounts/:id */
export function readLinkedinAccount(app: Api): void {
  app.openapi(route, async (c) => {
    const tenant = c.get("tenant");
    const row = await findLinkedinAccount(tenant, c.req.valid("param").id);
    if (row === null) return notFound(c);
    const { timeZone } = await readTenant(tenant);
    return c.json(showLinkedinAccount(row, c.env.PUBLIC_URL, timeZone), 200);
  });
}

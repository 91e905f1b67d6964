import { createRoute } from "@hono/zod-openapi";
import { z } from "zod";
import { listLinkedinAccounts } from "../../../adapters/d1/linkedin-accounts.ts";
import { readTenant } from "../../../adapters/d1/tenants.ts";
import { LinkedinAccountPage } from "../../../core/contract/linkedin-account.ts";
import { pageQuery } from "../../../core/contract/paging.ts";
import type { Api } from "../../api.ts";
import { json, needs, no, refusals } from "../../openapi/parts.ts";
import { readPage, toPage } from "../../paging.ts";
import { problem } from "../../problem.ts";
import { showLinkedinAccount } from "./show.ts";

const route = createRoute({
  method: "get",
  path: "/v1/linkedin-accounts",
  operationId: "listLinkedinAccounts",
  tags: ["LinkedIn"],
  security: needs("linkedin:read"),
  summary: "List the LinkedIn accounts",
  description: "Newest first.",
  request: { query: z.strictObject(pageQuery) },
  responses: {
    200: json(LinkedinAccountPage, "A page of LinkedIn accounts."),
    422: no("invalid_request", "invalid_cursor"),
    ...refusals,
  },
});

/** GET /v1/linkedin-accounts */
export function listAllLinkedinAccounts(app: Api): void {
  app.openapi(route, async (c) => {
    const paged = readPage(c.req.valid("query"));
    if (!paged.ok) return problem(c, "invalid_cursor", paged.detail);
    const tenant = c.get("tenant");
    const { timeZone } = await readTenant(tenant);
    const rows = await listLinkedinAccounts(tenant, paged.page);
    return c.json(
      toPage(rows, paged.page, (row) => showLinkedinAccount(row, c.env.PUBLIC_URL, timeZone)),
      200,
    );
  });
}

import { createRoute } from "@hono/zod-openapi";
import { z } from "zod";
import { listApiKeys } from "../../../adapters/d1/api-keys.ts";
import { ApiKeyPage } from "../../../core/contract/api-key.ts";
import { pageQuery } from "../../../core/contract/paging.ts";
import type { Api } from "../../api.ts";
import { json, needs, no, refusals } from "../../openapi/parts.ts";
import { readTimePage, toTimePage } from "../../paging.ts";
import { problem } from "../../problem.ts";
import { showApiKey } from "./show.ts";

const route = createRoute({
  method: "get",
  path: "/v1/keys",
  operationId: "listKeys",
  tags: ["Keys"],
  security: needs("keys:read"),
  summary: "List the API keys",
  description: "Newest first, revoked ones too. A live key sees all keys of the tenant, a test key the test keys.",
  request: { query: z.strictObject(pageQuery) },
  responses: {
    200: json(ApiKeyPage, "A page of keys, without the keys themselves."),
    422: no("invalid_request", "invalid_cursor"),
    ...refusals,
  },
});

/** GET /v1/keys */
export function listKeys(app: Api): void {
  app.openapi(route, async (c) => {
    const paged = readTimePage(c.req.valid("query"));
    if (!paged.ok) return problem(c, "invalid_cursor", paged.detail);
    const rows = await listApiKeys(c.get("tenant"), paged.page);
    return c.json(
      toTimePage(rows, paged.page, (row) => ({ at: row.createdAt, id: row.id }), showApiKey),
      200,
    );
  });
}

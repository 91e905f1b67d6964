import { createRoute } from "@hono/zod-openapi";
import { z } from "zod";
import { listEndpoints } from "../../../adapters/d1/endpoints.ts";
import { EndpointPage } from "../../../core/contract/endpoint.ts";
import { pageQuery } from "../../../core/contract/paging.ts";
import type { Api } from "../../api.ts";
import { json, needs, no, refusals } from "../../openapi/parts.ts";
import { readPage, toPage } from "../../paging.ts";
import { problem } from "../../problem.ts";
import { showEndpoint } from "./show.ts";

const route = createRoute({
  method: "get",
  path: "/v1/endpoints",
  operationId: "listEndpoints",
  tags: ["Endpoints"],
  security: needs("endpoints:read"),
  summary: "List the endpoints",
  description: "Newest first.",
  request: { query: z.strictObject(pageQuery) },
  responses: {
    200: json(EndpointPage, "A page of endpoints."),
    422: no("invalid_request", "invalid_cursor"),
    ...refusals,
  },
});

/** GET /v1/endpoints */
export function listAllEndpoints(app: Api): void {
  app.openapi(route, async (c) => {
    const paged = readPage(c.req.valid("query"));
    if (!paged.ok) return problem(c, "invalid_cursor", paged.detail);
    const rows = await listEndpoints(c.get("tenant"), paged.page);
    const at = Date.now();
    return c.json(
      toPage(rows, paged.page, (row) => showEndpoint(row, at)),
      200,
    );
  });
}

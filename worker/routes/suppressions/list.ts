import { createRoute, z } from "@hono/zod-openapi";
import { listSuppressions } from "../../../adapters/d1/suppressions.ts";
import { pageQuery } from "../../../core/contract/paging.ts";
import { SuppressionPage, SuppressionReason } from "../../../core/contract/suppression.ts";
import type { Api } from "../../api.ts";
import { json, needs, no, refusals } from "../../openapi/parts.ts";
import { readPage, toPage } from "../../paging.ts";
import { problem } from "../../problem.ts";
import { showSuppression } from "./show.ts";

const route = createRoute({
  method: "get",
  path: "/v1/suppressions",
  operationId: "listSuppressions",
  tags: ["Suppressions"],
  security: needs("suppressions:read"),
  summary: "Who is not written to",
  description: "Newest first.",
  request: {
    query: z.strictObject({
      ...pageQuery,
      search: z.string().max(320).optional().meta({ description: "A part of the address or domain." }),
      reason: SuppressionReason.optional(),
    }),
  },
  responses: { ...refusals, 200: json(SuppressionPage, "One page."), 422: no("invalid_request", "invalid_cursor") },
});

/** GET /v1/suppressions */
export function getSuppressions(app: Api): void {
  app.openapi(route, async (c) => {
    const { limit, cursor, search, reason } = c.req.valid("query");
    const read = readPage({ limit, cursor });
    if (!read.ok) return problem(c, "invalid_cursor", read.detail);
    const rows = await listSuppressions(c.get("tenant"), { search, reason }, read.page);
    return c.json(toPage(rows, read.page, showSuppression), 200);
  });
}

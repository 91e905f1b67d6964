import { createRoute, z } from "@hono/zod-openapi";
import { listTombstones } from "../../../adapters/d1/tombstones.ts";
import { ErasurePage } from "../../../core/contract/erasure.ts";
import { pageQuery } from "../../../core/contract/paging.ts";
import type { Api } from "../../api.ts";
import { json, needs, no, refusals } from "../../openapi/parts.ts";
import { readPage, toPage } from "../../paging.ts";
import { problem } from "../../problem.ts";
import { showErasure } from "./show.ts";

const route = createRoute({
  method: "get",
  path: "/v1/erasures",
  operationId: "listErasures",
  tags: ["Data"],
  security: needs("data:read"),
  summary: "Who was erased, and when",
  description: "Newest first. Nobody is named: an address leads to its hash, and no hash to an address.",
  request: { query: z.strictObject(pageQuery) },
  responses: { ...refusals, 200: json(ErasurePage, "One page."), 422: no("invalid_request", "invalid_cursor") },
});

/** GET /v1/erasures */
export function getErasures(app: Api): void {
  app.openapi(route, async (c) => {
    const read = readPage(c.req.valid("query"));
    if (!read.ok) return problem(c, "invalid_cursor", read.detail);
    return c.json(toPage(await listTombstones(c.get("tenant"), read.page), read.page, showErasure), 200);
  });
}

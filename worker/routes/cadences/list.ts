import { createRoute, z } from "@hono/zod-openapi";
import { listCadences } from "../../../adapters/d1/cadences.ts";
import { CadencePage } from "../../../core/contract/cadence.ts";
import { pageQuery } from "../../../core/contract/paging.ts";
import type { Api } from "../../api.ts";
import { json, needs, no, refusals } from "../../openapi/parts.ts";
import { readPage, toPage } from "../../paging.ts";
import { problem } from "../../problem.ts";
import { showCadence } from "./show.ts";

const route = createRoute({
  method: "get",
  path: "/v1/cadences",
  operationId: "listCadences",
  tags: ["Cadences"],
  security: needs("cadences:read"),
  summary: "List cadences",
  description: "Newest first.",
  request: { query: z.strictObject(pageQuery) },
  responses: { ...refusals, 200: json(CadencePage, "One page."), 422: no("invalid_request", "invalid_cursor") },
});

/** GET /v1/cadences */
export function getCadences(app: Api): void {
  app.openapi(route, async (c) => {
    const read = readPage(c.req.valid("query"));
    if (!read.ok) return problem(c, "invalid_cursor", read.detail);
    const rows = await listCadences(c.get("tenant"), read.page);
    return c.json(toPage(rows, read.page, showCadence), 200);
  });
}

import { createRoute } from "@hono/zod-openapi";
import { listActs, listActsOfSpan } from "../../../adapters/d1/audit-log.ts";
import { isPosition, positionOf } from "../../../adapters/d1/journal.ts";
import { AuditPage, AuditQuery } from "../../../core/contract/audit.ts";
import type { Api } from "../../api.ts";
import { json, needs, no, refusals } from "../../openapi/parts.ts";
import { readPage, readTimePage, toPage, toTimePage } from "../../paging.ts";
import { problem } from "../../problem.ts";
import { showAct } from "./show.ts";
import { spanOf } from "./span.ts";

const route = createRoute({
  method: "get",
  path: "/v1/audit-log",
  operationId: "listAuditLog",
  tags: ["Audit"],
  security: needs("audit:read"),
  summary: "Who did what to what",
  description:
    "Every request that changed something, what came by a link that we gave out, and what the system did to your settings by itself; newest first by the order in which the rows came in, with `since` or `until` by their own times. Rows are never changed and never deleted, but by retention and erasure.",
  request: { query: AuditQuery },
  responses: { ...refusals, 200: json(AuditPage, "One page."), 422: no("invalid_request", "invalid_cursor") },
});

/** GET /v1/audit-log */
export function getAuditLog(app: Api): void {
  app.openapi(route, async (c) => {
    const { limit, cursor, since, until, ...filter } = c.req.valid("query");
    const tenant = c.get("tenant");
    const span = spanOf({ since, until });
    if (span !== null) {
      const read = readTimePage({ limit, cursor });
      if (!read.ok) return problem(c, "invalid_cursor", read.detail);
      if (!isPosition(read.page.before)) return problem(c, "invalid_cursor", "This cursor is another list's.");
      const rows = await listActsOfSpan(tenant, filter, span, read.page);
      return c.json(toTimePage(rows, read.page, positionOf, showAct), 200);
    }
    const read = readPage({ limit, cursor });
    if (!read.ok) return problem(c, "invalid_cursor", read.detail);
    return c.json(toPage(await listActs(tenant, filter, read.page), read.page, showAct), 200);
  });
}

import { createRoute, z } from "@hono/zod-openapi";
import { findEnrollment } from "../../../adapters/d1/enrollments.ts";
import { listTimeline } from "../../../adapters/d1/journal.ts";
import { LogPage } from "../../../core/contract/log.ts";
import { pageQuery } from "../../../core/contract/paging.ts";
import type { Api } from "../../api.ts";
import { json, needs, no, refusals } from "../../openapi/parts.ts";
import { readPage, toPage } from "../../paging.ts";
import { notFound, problem } from "../../problem.ts";
import { showLogEntry } from "../log/show.ts";
import { enrollmentId } from "./parameter.ts";

const route = createRoute({
  method: "get",
  path: "/v1/enrollments/{id}/timeline",
  operationId: "getTimeline",
  tags: ["Enrollments"],
  security: needs("enrollments:read"),
  summary: "Everything that happened to an enrollment",
  description: "Oldest first: exchanges with the endpoint, messages, and each decision with the gates as they stood.",
  request: { params: enrollmentId, query: z.strictObject(pageQuery) },
  responses: {
    ...refusals,
    200: json(LogPage, "One page."),
    404: no("not_found"),
    422: no("invalid_request", "invalid_cursor"),
  },
});

/** GET /v1/enrollments/:id/timeline */
export function getTimeline(app: Api): void {
  app.openapi(route, async (c) => {
    const tenant = c.get("tenant");
    const { id } = c.req.valid("param");
    const read = readPage(c.req.valid("query"));
    if (!read.ok) return problem(c, "invalid_cursor", read.detail);
    if ((await findEnrollment(tenant, id)) === null) return notFound(c);
    // Oldest first: the cursor holds the last line that was shown.
    const rows = await listTimeline(tenant, id, { limit: read.page.limit, afterEntry: read.page.before ?? 0 });
    return c.json(
      toPage(
        rows.map((row) => ({ row, seq: row.entry })),
        read.page,
        ({ row }) => showLogEntry(row),
      ),
      200,
    );
  });
}

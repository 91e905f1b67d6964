import { createRoute, z } from "@hono/zod-openapi";
import { listVersions } from "../../../adapters/d1/cadence-versions.ts";
import { findCadence } from "../../../adapters/d1/cadences.ts";
import { VersionPage } from "../../../core/contract/cadence.ts";
import { pageQuery } from "../../../core/contract/paging.ts";
import type { Api } from "../../api.ts";
import { json, needs, no, refusals } from "../../openapi/parts.ts";
import { readPage, toPage } from "../../paging.ts";
import { notFound, problem } from "../../problem.ts";
import { cadenceId } from "./parameter.ts";
import { showVersion } from "./show.ts";

const route = createRoute({
  method: "get",
  path: "/v1/cadences/{id}/versions",
  operationId: "listCadenceVersions",
  tags: ["Cadences"],
  security: needs("cadences:read"),
  summary: "List the published versions",
  description: "Newest first. A version never changes.",
  request: { params: cadenceId, query: z.strictObject(pageQuery) },
  responses: {
    ...refusals,
    200: json(VersionPage, "One page."),
    404: no("not_found"),
    422: no("invalid_request", "invalid_cursor"),
  },
});

/** GET /v1/cadences/:id/versions */
export function getVersions(app: Api): void {
  app.openapi(route, async (c) => {
    const tenant = c.get("tenant");
    const { id } = c.req.valid("param");
    const read = readPage(c.req.valid("query"));
    if (!read.ok) return problem(c, "invalid_cursor", read.detail);
    if ((await findCadence(tenant, id)) === null) return notFound(c);
    const rows = await listVersions(tenant, id, read.page);
    return c.json(
      toPage(
        rows.map((row) => ({ ...row, seq: row.definition.version })),
        read.page,
        showVersion,
      ),
      200,
    );
  });
}

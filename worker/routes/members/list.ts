import { createRoute } from "@hono/zod-openapi";
import { z } from "zod";
import { listMembers } from "../../../adapters/d1/members.ts";
import { MemberPage } from "../../../core/contract/member.ts";
import { pageQuery } from "../../../core/contract/paging.ts";
import type { Api } from "../../api.ts";
import { json, needs, no, refusals } from "../../openapi/parts.ts";
import { readTimePage, toTimePage } from "../../paging.ts";
import { problem } from "../../problem.ts";
import { refuseInTest } from "./live-only.ts";
import { showMember } from "./show.ts";

const route = createRoute({
  method: "get",
  path: "/v1/members",
  operationId: "listMembers",
  tags: ["Members"],
  security: needs("members:read"),
  summary: "List the members",
  description: "Newest first. In live mode only.",
  request: { query: z.strictObject(pageQuery) },
  responses: {
    200: json(MemberPage, "A page of members."),
    422: no("invalid_request", "invalid_cursor"),
    ...refusals,
    403: no("forbidden", "missing_scope", "address_not_allowed"),
  },
});

/** GET /v1/members */
export function getMembers(app: Api): void {
  app.openapi(route, async (c) => {
    const refused = refuseInTest(c);
    if (refused !== null) return refused;
    const paged = readTimePage(c.req.valid("query"));
    if (!paged.ok) return problem(c, "invalid_cursor", paged.detail);
    const rows = await listMembers(c.get("tenant"), paged.page);
    return c.json(
      toTimePage(rows, paged.page, (row) => ({ at: row.createdAt, id: row.id }), showMember),
      200,
    );
  });
}

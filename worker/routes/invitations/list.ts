import { createRoute } from "@hono/zod-openapi";
import { z } from "zod";
import { listInvitations } from "../../../adapters/d1/invitations.ts";
import { InvitationPage } from "../../../core/contract/member.ts";
import { pageQuery } from "../../../core/contract/paging.ts";
import type { Api } from "../../api.ts";
import { json, needs, no, refusals } from "../../openapi/parts.ts";
import { readTimePage, toTimePage } from "../../paging.ts";
import { problem } from "../../problem.ts";
import { refuseInTest } from "../members/live-only.ts";
import { showInvitation } from "./show.ts";

const route = createRoute({
  method: "get",
  path: "/v1/invitations",
  operationId: "listInvitations",
  tags: ["Members"],
  security: needs("members:read"),
  summary: "List the invitations",
  description: "Newest first, those that are over too. In live mode only.",
  request: { query: z.strictObject(pageQuery) },
  responses: {
    200: json(InvitationPage, "A page of invitations, without their links."),
    422: no("invalid_request", "invalid_cursor"),
    ...refusals,
    403: no("forbidden", "missing_scope", "address_not_allowed"),
  },
});

/** GET /v1/invitations */
export function getInvitations(app: Api): void {
  app.openapi(route, async (c) => {
    const refused = refuseInTest(c);
    if (refused !== null) return refused;
    const paged = readTimePage(c.req.valid("query"));
    if (!paged.ok) return problem(c, "invalid_cursor", paged.detail);
    const rows = await listInvitations(c.get("tenant"), paged.page);
    const now = Date.now();
    const placeOf = (row: (typeof rows)[number]) => ({ at: row.createdAt.getTime(), id: row.id });
    return c.json(
      toTimePage(rows, paged.page, placeOf, (row) => showInvitation(row, now)),
      200,
    );
  });
}

import { createRoute, z } from "@hono/zod-openapi";
import { listInbound } from "../../../adapters/d1/inbox.ts";
import { InboundPage, InboundStatus } from "../../../core/contract/inbound.ts";
import { pageQuery } from "../../../core/contract/paging.ts";
import type { Api } from "../../api.ts";
import { json, needs, no, refusals } from "../../openapi/parts.ts";
import { readPage, toPage } from "../../paging.ts";
import { problem } from "../../problem.ts";
import { showInbound } from "./show.ts";

const route = createRoute({
  method: "get",
  path: "/v1/inbound",
  operationId: "listInbound",
  tags: ["Inbound"],
  security: needs("inbound:read"),
  summary: "Mail that came in",
  description:
    "Newest first; `status=unmatched` shows what nobody could place, and `cadence.reply.unmatched` tells of it. Mail to an address that two tenants claim, or that none does where there are several, is kept and shown to none: the operator finds it in the table `inbound_mail` without a tenant.",
  request: { query: z.strictObject({ ...pageQuery, status: InboundStatus.optional() }) },
  responses: { ...refusals, 200: json(InboundPage, "One page."), 422: no("invalid_request", "invalid_cursor") },
});

/** GET /v1/inbound */
export function getInbound(app: Api): void {
  app.openapi(route, async (c) => {
    const { limit, cursor, status } = c.req.valid("query");
    const read = readPage({ limit, cursor });
    if (!read.ok) return problem(c, "invalid_cursor", read.detail);
    const rows = await listInbound(c.get("tenant"), status, read.page);
    return c.json(toPage(rows, read.page, showInbound), 200);
  });
}

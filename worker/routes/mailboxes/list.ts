import { createRoute } from "@hono/zod-openapi";
import { z } from "zod";
import { listMailboxes } from "../../../adapters/d1/mailboxes.ts";
import { readTenant } from "../../../adapters/d1/tenants.ts";
import { MailboxPage } from "../../../core/contract/mailbox.ts";
import { pageQuery } from "../../../core/contract/paging.ts";
import type { Api } from "../../api.ts";
import { json, needs, no, refusals } from "../../openapi/parts.ts";
import { readPage, toPage } from "../../paging.ts";
import { problem } from "../../problem.ts";
import { showMailbox } from "./show.ts";

const route = createRoute({
  method: "get",
  path: "/v1/mailboxes",
  operationId: "listMailboxes",
  tags: ["Mailboxes"],
  security: needs("mailboxes:read"),
  summary: "List the mailboxes",
  description: "Newest first.",
  request: { query: z.strictObject(pageQuery) },
  responses: {
    200: json(MailboxPage, "A page of mailboxes."),
    422: no("invalid_request", "invalid_cursor"),
    ...refusals,
  },
});

/** GET /v1/mailboxes */
export function listAllMailboxes(app: Api): void {
  app.openapi(route, async (c) => {
    const paged = readPage(c.req.valid("query"));
    if (!paged.ok) return problem(c, "invalid_cursor", paged.detail);
    const tenant = c.get("tenant");
    const { timeZone } = await readTenant(tenant);
    const rows = await listMailboxes(tenant, paged.page);
    return c.json(
      toPage(rows, paged.page, (row) => showMailbox(row, c.env.PUBLIC_URL, timeZone)),
      200,
    );
  });
}

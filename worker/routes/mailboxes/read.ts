import { createRoute } from "@hono/zod-openapi";
import { findMailbox } from "../../../adapters/d1/mailboxes.ts";
import { readTenant } from "../../../adapters/d1/tenants.ts";
import { Mailbox } from "../../../core/contract/mailbox.ts";
import type { Api } from "../../api.ts";
import { json, needs, no, refusals } from "../../openapi/parts.ts";
import { notFound } from "../../problem.ts";
import { mailboxId } from "./parameter.ts";
import { showMailbox } from "./show.ts";

const route = createRoute({
  method: "get",
  path: "/v1/mailboxes/{id}",
  operationId: "getMailbox",
  tags: ["Mailboxes"],
  security: needs("mailboxes:read"),
  summary: "Read a mailbox",
  request: { params: mailboxId },
  responses: { 200: json(Mailbox, "The mailbox, without its secret."), 404: no("not_found"), ...refusals },
});

/** GET /v1/mailboxes/:id */
export function readMailbox(app: Api): void {
  app.openapi(route, async (c) => {
    const tenant = c.get("tenant");
    const row = await findMailbox(tenant, c.req.valid("param").id);
    if (row === null) return notFound(c);
    const { timeZone } = await readTenant(tenant);
    return c.json(showMailbox(row, c.env.PUBLIC_URL, timeZone), 200);
  });
}

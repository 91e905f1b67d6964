import { createRoute } from "@hono/zod-openapi";
import { deleteMailbox } from "../../../adapters/d1/mailboxes.ts";
import { readTenant } from "../../../adapters/d1/tenants.ts";
import type { Api } from "../../api.ts";
import { needs, no, refusals } from "../../openapi/parts.ts";
import { notFound, problem } from "../../problem.ts";
import { mailboxId } from "./parameter.ts";
import { showMailbox } from "./show.ts";

const route = createRoute({
  method: "delete",
  path: "/v1/mailboxes/{id}",
  operationId: "deleteMailbox",
  tags: ["Mailboxes"],
  security: needs("mailboxes:write"),
  summary: "Delete a mailbox",
  description:
    "Only one that no cadence, no published version and no enrollment in flight names. To stop sending from it, set `enabled` to false.",
  request: { params: mailboxId },
  responses: { 204: { description: "It is gone." }, 404: no("not_found"), 409: no("in_use"), ...refusals },
});

/** DELETE /v1/mailboxes/:id */
export function removeMailbox(app: Api): void {
  app.openapi(route, async (c) => {
    const tenant = c.get("tenant");
    const gone = await deleteMailbox(tenant, c.req.valid("param").id);
    switch (gone) {
      case "in_use":
        return problem(
          c,
          "in_use",
          "A cadence or an enrollment in flight sends from this mailbox. Set `enabled` to false to stop sending from it.",
        );
      case "not_found":
        return notFound(c);
      default:
        c.set("change", {
          id: gone.id,
          before: showMailbox(gone, c.env.PUBLIC_URL, (await readTenant(tenant)).timeZone),
          after: null,
        });
        return c.body(null, 204);
    }
  });
}

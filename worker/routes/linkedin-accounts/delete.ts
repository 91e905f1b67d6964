import { createRoute } from "@hono/zod-openapi";
import { deleteLinkedinAccount } from "../../../adapters/d1/linkedin-accounts.ts";
import { readTenant } from "../../../adapters/d1/tenants.ts";
import type { Api } from "../../api.ts";
import { needs, no, refusals } from "../../openapi/parts.ts";
import { notFound, problem } from "../../problem.ts";
import { linkedinAccountId } from "./parameter.ts";
import { showLinkedinAccount } from "./show.ts";

const route = createRoute({
  method: "delete",
  path: "/v1/linkedin-accounts/{id}",
  operationId: "deleteLinkedinAccount",
  tags: ["LinkedIn"],
  security: needs("linkedin:write"),
  summary: "Delete a LinkedIn account",
  description:
    "Only one that no cadence, no published version and no enrollment in flight names. To stop it, set `enabled` to false.",
  request: { params: linkedinAccountId },
  responses: { 204: { description: "It is gone." }, 404: no("not_found"), 409: no("in_use"), ...refusals },
});

/** DELETE /v1/linkedin-accounts/:id */
export function removeLinkedinAccount(app: Api): void {
  app.openapi(route, async (c) => {
    const tenant = c.get("tenant");
    const gone = await deleteLinkedinAccount(tenant, c.req.valid("param").id);
    switch (gone) {
      case "in_use":
        return problem(
          c,
          "in_use",
          "A cadence or an enrollment in flight uses this account. Set `enabled` to false to stop it.",
        );
      case "not_found":
        return notFound(c);
      default:
        c.set("change", {
          id: gone.id,
          before: showLinkedinAccount(gone, c.env.PUBLIC_URL, (await readTenant(tenant)).timeZone),
          after: null,
        });
        return c.body(null, 204);
    }
  });
}

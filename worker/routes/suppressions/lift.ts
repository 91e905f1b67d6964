import { createRoute } from "@hono/zod-openapi";
import { liftSuppression } from "../../../adapters/d1/suppressions.ts";
import type { Api } from "../../api.ts";
import { needs, no, refusals } from "../../openapi/parts.ts";
import { notFound } from "../../problem.ts";
import { suppressionId } from "./parameter.ts";
import { showSuppression } from "./show.ts";

const route = createRoute({
  method: "delete",
  path: "/v1/suppressions/{id}",
  operationId: "liftSuppression",
  tags: ["Suppressions"],
  security: needs("suppressions:write"),
  summary: "Write to them again",
  description:
    "For who asked to hear from you again, or an address that is alive after all. Enrollments that ended because of it stay ended.",
  request: { params: suppressionId },
  responses: { 204: { description: "It is lifted." }, 404: no("not_found"), ...refusals },
});

/** DELETE /v1/suppressions/:id */
export function removeSuppression(app: Api): void {
  app.openapi(route, async (c) => {
    const lifted = await liftSuppression(c.get("tenant"), c.req.valid("param").id);
    if (lifted === null) return notFound(c);
    c.set("change", { id: lifted.id, before: showSuppression(lifted), after: null });
    return c.body(null, 204);
  });
}

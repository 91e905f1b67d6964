import { createRoute } from "@hono/zod-openapi";
import { liftTombstone } from "../../../adapters/d1/tombstones.ts";
import type { Api } from "../../api.ts";
import { needs, no, refusals } from "../../openapi/parts.ts";
import { notFound } from "../../problem.ts";
import { erasureId } from "./parameter.ts";
import { showErasure } from "./show.ts";

const route = createRoute({
  method: "delete",
  path: "/v1/erasures/{id}",
  operationId: "liftErasure",
  tags: ["Data"],
  security: needs("data:write"),
  summary: "Let an erased person be enrolled again",
  description:
    "For who came back of their own accord. What was erased stays gone, and an enrollment that ended stays ended.",
  request: { params: erasureId },
  responses: { 204: { description: "It is lifted." }, 404: no("not_found"), ...refusals },
});

/** DELETE /v1/erasures/:id */
export function liftErasure(app: Api): void {
  app.openapi(route, async (c) => {
    const lifted = await liftTombstone(c.get("tenant"), c.req.valid("param").id);
    if (lifted === null) return notFound(c);
    c.set("change", { id: lifted.id, before: showErasure(lifted), after: null });
    return c.body(null, 204);
  });
}

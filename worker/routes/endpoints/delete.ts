import { createRoute } from "@hono/zod-openapi";
import { deleteEndpoint } from "../../../adapters/d1/endpoints.ts";
import type { Api } from "../../api.ts";
import { needs, no, refusals } from "../../openapi/parts.ts";
import { notFound, problem } from "../../problem.ts";
import { endpointId } from "./parameter.ts";
import { showEndpoint } from "./show.ts";

const route = createRoute({
  method: "delete",
  path: "/v1/endpoints/{id}",
  operationId: "deleteEndpoint",
  tags: ["Endpoints"],
  security: needs("endpoints:write"),
  summary: "Delete an endpoint",
  description: "Only one that no cadence and no published version names. To stop asking it, set `enabled` to false.",
  request: { params: endpointId },
  responses: { 204: { description: "It is gone." }, 404: no("not_found"), 409: no("in_use"), ...refusals },
});

/** DELETE /v1/endpoints/:id */
export function removeEndpoint(app: Api): void {
  app.openapi(route, async (c) => {
    const gone = await deleteEndpoint(c.get("tenant"), c.req.valid("param").id);
    switch (gone) {
      case "in_use":
        return problem(
          c,
          "in_use",
          "A cadence or one of its published versions asks this endpoint. Set `enabled` to false to stop asking it.",
        );
      case "not_found":
        return notFound(c);
      default:
        c.set("change", { id: gone.id, before: showEndpoint(gone, Date.now()), after: null });
        return c.body(null, 204);
    }
  });
}

import { createRoute } from "@hono/zod-openapi";
import { findSuppression } from "../../../adapters/d1/suppressions.ts";
import { Suppression } from "../../../core/contract/suppression.ts";
import type { Api } from "../../api.ts";
import { json, needs, no, refusals } from "../../openapi/parts.ts";
import { notFound } from "../../problem.ts";
import { suppressionId } from "./parameter.ts";
import { showSuppression } from "./show.ts";

const route = createRoute({
  method: "get",
  path: "/v1/suppressions/{id}",
  operationId: "readSuppression",
  tags: ["Suppressions"],
  security: needs("suppressions:read"),
  summary: "Read one suppression",
  request: { params: suppressionId },
  responses: { 200: json(Suppression, "The suppression."), 404: no("not_found"), ...refusals },
});

/** GET /v1/suppressions/:id */
export function readSuppression(app: Api): void {
  app.openapi(route, async (c) => {
    const row = await findSuppression(c.get("tenant"), c.req.valid("param").id);
    return row === null ? notFound(c) : c.json(showSuppression(row), 200);
  });
}

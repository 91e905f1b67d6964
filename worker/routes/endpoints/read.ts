import { createRoute } from "@hono/zod-openapi";
import { findEndpoint } from "../../../adapters/d1/endpoints.ts";
import { Endpoint } from "../../../core/contract/endpoint.ts";
import type { Api } from "../../api.ts";
import { json, needs, no, refusals } from "../../openapi/parts.ts";
import { notFound } from "../../problem.ts";
import { endpointId } from "./parameter.ts";
import { showEndpoint } from "./show.ts";

const route = createRoute({
  method: "get",
  path: "/v1/endpoints/{id}",
  operationId: "getEndpoint",
  tags: ["Endpoints"],
  security: needs("endpoints:read"),
  summary: "Read an endpoint",
  request: { params: endpointId },
  responses: { 200: json(Endpoint, "The endpoint, without its secret."), 404: no("not_found"), ...refusals },
});

/** GET /v1/endpoints/:id */
export function readEndpoint(app: Api): void {
  app.openapi(route, async (c) => {
    const row = await findEndpoint(c.get("tenant"), c.req.valid("param").id);
    return row === null ? notFound(c) : c.json(showEndpoint(row, Date.now()), 200);
  });
}

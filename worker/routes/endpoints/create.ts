import { createRoute } from "@hono/zod-openapi";
import { CreateEndpoint, EndpointWithSecret } from "../../../core/contract/endpoint.ts";
import type { Api } from "../../api.ts";
import { endpointUrlFaults } from "../../endpoint-url.ts";
import { makeEndpoint } from "../../new-endpoint.ts";
import { body, bodyRefusals, idempotencyHeader, json, needs, no } from "../../openapi/parts.ts";
import { invalid } from "../../validation.ts";
import { showEndpoint } from "./show.ts";

const route = createRoute({
  method: "post",
  path: "/v1/endpoints",
  operationId: "createEndpoint",
  tags: ["Endpoints"],
  security: needs("endpoints:write"),
  summary: "Make an endpoint",
  description:
    "An endpoint is your webhook: it writes the words and is told the events. Its secret is shown in this answer only.",
  request: { headers: idempotencyHeader, body: body(CreateEndpoint) },
  responses: {
    201: json(EndpointWithSecret, "The endpoint with its secret, this once."),
    ...bodyRefusals,
    409: no("idempotency_in_progress"),
  },
});

/** POST /v1/endpoints */
export function createEndpoint(app: Api): void {
  app.openapi(route, async (c) => {
    const wish = c.req.valid("json");
    const faults = await endpointUrlFaults(c.env, wish.url, "/url");
    if (faults.length > 0) return invalid(c, faults);
    const at = Date.now();
    const { row, secret } = await makeEndpoint(c.env, c.get("tenant"), wish, at);
    c.set("secretFields", ["secret"]);
    const shown = showEndpoint(row, at);
    c.set("change", { id: row.id, before: null, after: shown });
    return c.json({ ...shown, secret }, 201);
  });
}

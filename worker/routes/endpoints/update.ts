import { createRoute } from "@hono/zod-openapi";
import { updateEndpoint } from "../../../adapters/d1/endpoints.ts";
import { Endpoint, UpdateEndpoint } from "../../../core/contract/endpoint.ts";
import { resetBreaker } from "../../../durable-objects/ask-breaker.ts";
import type { Api } from "../../api.ts";
import { endpointUrlFaults } from "../../endpoint-url.ts";
import { body, bodyRefusals, json, needs, no } from "../../openapi/parts.ts";
import { notFound } from "../../problem.ts";
import { invalid } from "../../validation.ts";
import { wakeLater } from "../../wake-later.ts";
import { endpointId } from "./parameter.ts";
import { showEndpoint } from "./show.ts";

const route = createRoute({
  method: "patch",
  path: "/v1/endpoints/{id}",
  operationId: "updateEndpoint",
  tags: ["Endpoints"],
  security: needs("endpoints:write"),
  summary: "Change an endpoint",
  description:
    "Takes hold with the next request to it, also for enrollments in flight. `enabled: true` wakes what was held while it was off, and so does another `url` what waits for one that is down.",
  request: { params: endpointId, body: body(UpdateEndpoint) },
  responses: { 200: json(Endpoint, "The endpoint as it is now."), ...bodyRefusals, 404: no("not_found") },
});

/** PATCH /v1/endpoints/:id */
export function changeEndpoint(app: Api): void {
  app.openapi(route, async (c) => {
    const changes = c.req.valid("json");
    const faults = changes.url === undefined ? [] : await endpointUrlFaults(c.env, changes.url, "/url");
    if (faults.length > 0) return invalid(c, faults);
    const tenant = c.get("tenant");
    const at = Date.now();
    const changed = await updateEndpoint(tenant, c.req.valid("param").id, changes, at);
    if (changed === null) return notFound(c);
    const row = changed.after;
    const shown = showEndpoint(row, at);
    c.set("change", { id: row.id, before: showEndpoint(changed.before, at), after: shown });
    if (changes.enabled === true || changes.url !== undefined) {
      await resetBreaker(c.env, tenant.tenantId, row.id);
      // Also when it was on already: so a repeat heals a request that died between the row and the job.
      await wakeLater(c.env, tenant, { endpointId: row.id }, "endpoint_restored");
    }
    return c.json(shown, 200);
  });
}

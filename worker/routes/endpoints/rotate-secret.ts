import { createRoute } from "@hono/zod-openapi";
import { rotateEndpointSecret } from "../../../adapters/d1/endpoints.ts";
import { newWebhookSecret } from "../../../adapters/webhook/new-secret.ts";
import { endpointSecretContext } from "../../../adapters/webhook/open-endpoint.ts";
import { NoFields } from "../../../core/contract/common.ts";
import { EndpointWithSecret } from "../../../core/contract/endpoint.ts";
import type { Api } from "../../api.ts";
import { emptyBodyIsNone } from "../../empty-body.ts";
import { bodyRefusals, idempotencyHeader, json, needs, no, optionalBody } from "../../openapi/parts.ts";
import { notFound } from "../../problem.ts";
import { sealSecret } from "../../seal-secret.ts";
import { endpointId } from "./parameter.ts";
import { showEndpoint } from "./show.ts";

const BOTH_LIVE_MS = 24 * 3600_000;

const route = createRoute({
  method: "post",
  path: "/v1/endpoints/{id}/rotate-secret",
  operationId: "rotateEndpointSecret",
  tags: ["Endpoints"],
  security: needs("endpoints:write"),
  summary: "Rotate an endpoint's secret",
  description:
    "For 24 hours each request carries two signatures, one by the new secret and one by the one before, so that you can change over in your own time. A second rotation within these hours ends the older of the two.",
  middleware: emptyBodyIsNone,
  request: { params: endpointId, headers: idempotencyHeader, body: optionalBody(NoFields) },
  responses: {
    ...bodyRefusals,
    200: json(EndpointWithSecret, "The endpoint with its new secret, this once."),
    404: no("not_found"),
    409: no("idempotency_in_progress"),
  },
});

/** POST /v1/endpoints/:id/rotate-secret */
export function rotateSecret(app: Api): void {
  app.openapi(route, async (c) => {
    const { id } = c.req.valid("param");
    const tenant = c.get("tenant");
    const at = Date.now();
    const secret = newWebhookSecret();
    const sealed = await sealSecret(c.env, secret, endpointSecretContext(tenant.tenantId, id));
    const changed = await rotateEndpointSecret(tenant, id, sealed, at + BOTH_LIVE_MS, at);
    if (changed === null) return notFound(c);
    const shown = showEndpoint(changed.after, at);
    c.set("change", { id, before: showEndpoint(changed.before, at), after: shown });
    c.set("secretFields", ["secret"]);
    return c.json({ ...shown, secret }, 200);
  });
}

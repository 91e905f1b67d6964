import { createRoute, z } from "@hono/zod-openapi";
import { listTimings, TIMINGS_MAX } from "../../../adapters/d1/endpoint-health.ts";
import { findEndpoint } from "../../../adapters/d1/endpoints.ts";
import { toTimestamp } from "../../../core/contract/common.ts";
import { EndpointHealth } from "../../../core/contract/endpoint-health.ts";
import type { BreakerMode } from "../../../core/endpoint-breaker.ts";
import { bucketTimings, type TimingBucket } from "../../../core/endpoint-timings.ts";
import { type BreakerStand, readBreaker } from "../../../durable-objects/ask-breaker.ts";
import type { Api } from "../../api.ts";
import { json, needs, no, refusals } from "../../openapi/parts.ts";
import { notFound } from "../../problem.ts";
import { endpointId } from "./parameter.ts";

const query = z.strictObject({
  hours: z.coerce.number().int().min(1).max(168).default(24).meta({ description: "How far to look back." }),
});

const route = createRoute({
  method: "get",
  path: "/v1/endpoints/{id}/health",
  operationId: "getEndpointHealth",
  tags: ["Endpoints"],
  security: needs("endpoints:read"),
  summary: "How an endpoint has been answering",
  description:
    "From the log, some seconds late, and from the breaker that keeps requests from an endpoint that is down.",
  request: { params: endpointId, query },
  responses: {
    ...refusals,
    200: json(EndpointHealth, "Its health."),
    404: no("not_found"),
    422: no("invalid_request"),
  },
});

/** GET /v1/endpoints/:id/health */
export function getEndpointHealth(app: Api): void {
  app.openapi(route, async (c) => {
    const tenant = c.get("tenant");
    const endpoint = await findEndpoint(tenant, c.req.valid("param").id);
    if (endpoint === null) return notFound(c);
    const now = Date.now();
    const [timings, stand] = await Promise.all([
      listTimings(c.env.DB, tenant.tenantId, endpoint.id),
      readBreaker(c.env, tenant.tenantId, endpoint.id),
    ]);
    const { totals, buckets } = bucketTimings(timings, now, c.req.valid("query").hours);
    const oldest = timings.at(-1)?.at ?? 0;
    return c.json(
      {
        breaker: stand === null ? null : showBreaker(stand, now),
        totals: showBucket(totals),
        buckets: buckets.map(showBucket),
        sampled: timings.length === TIMINGS_MAX && oldest > totals.at,
      },
      200,
    );
  });
}

const REASONS: Readonly<Record<BreakerMode, string | null>> = {
  closed: null,
  open: "Most of the last requests failed. What is due for it waits, and uses up no attempt.",
  half_open: "One request at a time finds out whether it is back; after three good answers all go on.",
};

function showBreaker({ mode, since, waitMs }: BreakerStand, now: number): EndpointHealth["breaker"] {
  return {
    state: mode,
    since: since === null ? null : toTimestamp(since),
    retryAt: mode === "closed" ? null : toTimestamp(now + waitMs),
    reason: REASONS[mode],
  };
}

function showBucket({ at, ...figures }: TimingBucket): EndpointHealth["totals"] {
  return { at: toTimestamp(at), ...figures };
}

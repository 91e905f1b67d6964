import { createRoute } from "@hono/zod-openapi";
import { findEnrollment } from "../../../adapters/d1/enrollments.ts";
import { listTraces } from "../../../adapters/d1/traces.ts";
import { Decision } from "../../../core/contract/decision.ts";
import { lookAround } from "../../../durable-objects/perform/surroundings.ts";
import { enrollmentStub } from "../../../durable-objects/stub.ts";
import type { Api } from "../../api.ts";
import { showDecision, showUnknown } from "../../decision/show-decision.ts";
import { json, needs, no, refusals } from "../../openapi/parts.ts";
import { notFound, problem } from "../../problem.ts";
import { enrollmentId } from "./parameter.ts";

/** A step that waits again and again has a line for each new reason. */
const TRACES_MAX = 500;

const route = createRoute({
  method: "get",
  path: "/v1/enrollments/{id}/decision",
  operationId: "getDecision",
  tags: ["Enrollments"],
  security: needs("enrollments:read"),
  summary: "What happens next, when, and why not now",
  description:
    "Every gate in order with the facts it read, asked now and at the first time at which all pass; and for passed steps what the gates said then. It asks without taking anything, so it changes nothing.",
  request: { params: enrollmentId },
  responses: {
    ...refusals,
    200: json(Decision, "The decision, as things stand."),
    404: no("not_found"),
  },
});

/** GET /v1/enrollments/:id/decision */
export function getDecision(app: Api): void {
  app.openapi(route, async (c) => {
    const tenant = c.get("tenant");
    const record = await findEnrollment(tenant, c.req.valid("param").id);
    if (record === null) return notFound(c);
    const now = Date.now();
    const [truth, traces] = await Promise.all([
      enrollmentStub(c.env, tenant.tenantId, record.id).readWithCadence(),
      listTraces(tenant, record.id, TRACES_MAX),
    ]);
    if (truth === null) return c.json(showUnknown(record, traces, now), 200);
    const { state: enrollment, cadence } = truth;
    const looked = await lookAround(c.env, enrollment, cadence).catch(() => null);
    if (looked === null) return problem(c, "unreadable", "The facts can't be read right now. Try again.");
    const { facts } = looked;
    return c.json(await showDecision({ env: c.env, enrollment, cadence, facts }, traces, now), 200);
  });
}

import { createRoute } from "@hono/zod-openapi";
import { findEndpoint } from "../../../adapters/d1/endpoints.ts";
import { Step } from "../../../core/contract/step.ts";
import { TestCall, TestEndpoint } from "../../../core/contract/test-call.ts";
import type { Api } from "../../api.ts";
import { emptyBodyIsNone } from "../../empty-body.ts";
import { refuseTooManyTests } from "../../limits/limit-test-calls.ts";
import { bodyRefusals, idempotencyHeader, json, needs, no, optionalBody } from "../../openapi/parts.ts";
import { notFound } from "../../problem.ts";
import { makeTestCall } from "../../test-call/make-test-call.ts";
import { testLead } from "../../test-call/test-lead.ts";
import { endpointId } from "./parameter.ts";

const route = createRoute({
  method: "post",
  path: "/v1/endpoints/{id}/test",
  operationId: "testEndpoint",
  tags: ["Endpoints"],
  security: needs("endpoints:write"),
  summary: "Test an endpoint",
  description:
    'Asks it for a draft for a made-up lead, properly signed and with `mode: "test"`, and shows what crossed the wire. Nothing is sent, counted or logged, and the breaker hears nothing of it. By default it also sees whether requests that are wrongly signed, or old, are refused. An endpoint that is off is asked too.',
  middleware: emptyBodyIsNone,
  request: { params: endpointId, headers: idempotencyHeader, body: optionalBody(TestEndpoint) },
  responses: {
    ...bodyRefusals,
    200: json(TestCall, "What came of it, whatever that is."),
    404: no("not_found"),
    409: no("idempotency_in_progress"),
  },
});

/** POST /v1/endpoints/:id/test */
export function testEndpoint(app: Api): void {
  app.openapi(route, async (c) => {
    const endpoint = await findEndpoint(c.get("tenant"), c.req.valid("param").id);
    if (endpoint === null) return notFound(c);
    const tooMany = await refuseTooManyTests(c);
    if (tooMany !== null) return tooMany;
    const { stepKind, lead, forged } = TestEndpoint.parse(c.req.valid("json") ?? {});
    const cadence = { id: "cad_test", name: "Test call", version: 1, steps: [Step.parse({ kind: stepKind })] };
    const call = await makeTestCall(c.env, endpoint, { cadence, step: 0, lead: testLead(lead), forged });
    c.set("change", {
      id: endpoint.id,
      before: null,
      after: { grade: call.grade, outcome: call.outcome, url: endpoint.url },
    });
    return c.json(call, 200);
  });
}

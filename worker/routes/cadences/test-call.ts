import { createRoute } from "@hono/zod-openapi";
import { findVersion } from "../../../adapters/d1/cadence-versions.ts";
import { type CadenceRecord, findCadence } from "../../../adapters/d1/cadences.ts";
import { findEndpoint } from "../../../adapters/d1/endpoints.ts";
import { findNewestRound } from "../../../adapters/d1/enrollments.ts";
import type { Tenant } from "../../../adapters/d1/tenant-db.ts";
import type { CadenceVersion } from "../../../core/cadence.ts";
import { TestCadence, TestCall } from "../../../core/contract/test-call.ts";
import type { Lead } from "../../../core/enrollment.ts";
import type { Api } from "../../api.ts";
import { refuseWithout } from "../../auth/authorize.ts";
import { refuseTooManyTests } from "../../limits/limit-test-calls.ts";
import { body, bodyRefusals, idempotencyHeader, json, needs, no } from "../../openapi/parts.ts";
import { notFound, problem } from "../../problem.ts";
import { makeTestCall } from "../../test-call/make-test-call.ts";
import { testLead } from "../../test-call/test-lead.ts";
import { invalid } from "../../validation.ts";
import { cadenceId } from "./parameter.ts";

const route = createRoute({
  method: "post",
  path: "/v1/cadences/{id}/test-call",
  operationId: "testCadence",
  tags: ["Cadences"],
  security: needs("cadences:write"),
  summary: "See what the endpoint would write for a step",
  description:
    'Asks the cadence\'s endpoint for the draft of one step, properly signed and with `mode: "test"`, and shows what crossed the wire. Nothing is sent, counted or logged, no enrollment changes, and the breaker hears nothing of it. The conversation is empty, whatever the step is.',
  request: { params: cadenceId, headers: idempotencyHeader, body: body(TestCadence) },
  responses: {
    ...bodyRefusals,
    200: json(TestCall, "What came of it, whatever that is."),
    404: no("not_found"),
    409: no("conflict", "idempotency_in_progress"),
  },
});

/** POST /v1/cadences/:id/test-call */
export function testCadence(app: Api): void {
  app.openapi(route, async (c) => {
    const tenant = c.get("tenant");
    const cadence = await findCadence(tenant, c.req.valid("param").id);
    if (cadence === null) return notFound(c);
    const { step, version, leadExternalId, lead: said, context } = c.req.valid("json");
    const unseen = leadExternalId === undefined ? null : refuseWithout(c, "enrollments:read");
    if (unseen !== null) return unseen;
    const asked = await stepsOf(tenant, cadence, version);
    if (asked === null)
      return invalid(c, [{ pointer: "/version", detail: `is no published version of ${cadence.id}` }]);
    const kept = asked.steps[step];
    if (kept === undefined)
      return invalid(c, [{ pointer: "/step", detail: `must be below ${asked.steps.length}: there are no more steps` }]);
    if (kept.kind === "wait" || kept.draftStrategy !== "webhook")
      return problem(c, "conflict", `Step ${step} asks no endpoint: ${whyNone(kept.kind)}.`);
    const endpoint = asked.endpointId === null ? null : await findEndpoint(tenant, asked.endpointId);
    if (endpoint === null) return problem(c, "conflict", "The cadence has no endpoint: set its endpointId first.");
    const lead = leadExternalId === undefined ? testLead(said) : await leadOf(tenant, cadence.id, leadExternalId);
    if (lead === null)
      return invalid(c, [{ pointer: "/leadExternalId", detail: "is no lead of this cadence; give `lead` instead" }]);
    const tooMany = await refuseTooManyTests(c);
    if (tooMany !== null) return tooMany;
    const whole = context === undefined ? lead : { ...lead, context };
    const call = await makeTestCall(c.env, endpoint, { cadence: asked, step, lead: whole, forged: false });
    c.set("change", {
      id: cadence.id,
      before: null,
      after: { step, version: asked.version, grade: call.grade, outcome: call.outcome, endpointId: endpoint.id },
    });
    return c.json(call, 200);
  });
}

type Asked = Pick<CadenceVersion, "id" | "name" | "version" | "steps" | "endpointId">;

/** A version as it was published; without one the draft, as the version that it would be. Null where there is no such version. */
async function stepsOf(tenant: Tenant, cadence: CadenceRecord, version: number | undefined): Promise<Asked | null> {
  if (version !== undefined) return (await findVersion(tenant, cadence.id, version))?.definition ?? null;
  const { id, name, steps, endpointId } = cadence;
  return { id, name, steps, endpointId, version: (cadence.version ?? 0) + 1 };
}

/** With the fields that the index has of them now; what else was edited since is in the enrollment alone. */
async function leadOf(tenant: Tenant, cadence: string, externalId: string): Promise<Lead | null> {
  const record = await findNewestRound(tenant, cadence, externalId);
  return record === null ? null : { ...record.beginning.lead, name: record.leadName, email: record.leadEmail };
}

function whyNone(kind: string): string {
  return kind === "wait" ? "it waits" : "its text is static";
}

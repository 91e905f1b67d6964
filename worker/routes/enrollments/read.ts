import { createRoute } from "@hono/zod-openapi";
import { findEnrollment } from "../../../adapters/d1/enrollments.ts";
import { Enrollment } from "../../../core/contract/enrollment.ts";
import { enrollmentStub } from "../../../durable-objects/stub.ts";
import type { Api } from "../../api.ts";
import { json, needs, no, refusals } from "../../openapi/parts.ts";
import { notFound } from "../../problem.ts";
import { enrollmentId } from "./parameter.ts";
import { showEnrollment } from "./show.ts";

const route = createRoute({
  method: "get",
  path: "/v1/enrollments/{id}",
  operationId: "getEnrollment",
  tags: ["Enrollments"],
  security: needs("enrollments:read"),
  summary: "Read an enrollment",
  description: "As it stands this moment, from its own object.",
  request: { params: enrollmentId },
  responses: { ...refusals, 200: json(Enrollment, "The enrollment."), 404: no("not_found") },
});

/** GET /v1/enrollments/:id */
export function getEnrollment(app: Api): void {
  app.openapi(route, async (c) => {
    const tenant = c.get("tenant");
    const record = await findEnrollment(tenant, c.req.valid("param").id);
    if (record === null) return notFound(c);
    const truth = await enrollmentStub(c.env, tenant.tenantId, record.id).read();
    return c.json(showEnrollment(record, truth), 200);
  });
}

import { createRoute } from "@hono/zod-openapi";
import { NoFields } from "../../../core/contract/common.ts";
import { Enrollment } from "../../../core/contract/enrollment.ts";
import type { Api } from "../../api.ts";
import { emptyBodyIsNone } from "../../empty-body.ts";
import { bodyRefusals, idempotencyHeader, json, needs, no, optionalBody } from "../../openapi/parts.ts";
import { askEnrollment } from "./ask.ts";
import { enrollmentId } from "./parameter.ts";

const route = createRoute({
  method: "post",
  path: "/v1/enrollments/{id}/resume",
  operationId: "resumeEnrollment",
  tags: ["Enrollments"],
  security: needs("enrollments:write"),
  summary: "Resume an enrollment",
  description: "Goes on where it stood; gates and delays still hold. Not paused is fine.",
  middleware: emptyBodyIsNone,
  request: { params: enrollmentId, headers: idempotencyHeader, body: optionalBody(NoFields) },
  responses: {
    ...bodyRefusals,
    200: json(Enrollment, "The enrollment as it is now."),
    404: no("not_found"),
    409: no("already_finished", "idempotency_in_progress"),
  },
});

/** POST /v1/enrollments/:id/resume */
export function resumeEnrollment(app: Api): void {
  app.openapi(route, (c) =>
    askEnrollment(c, c.req.valid("param").id, [{ type: "resume_requested", by: c.get("keyId") }]),
  );
}

import { createRoute } from "@hono/zod-openapi";
import { Enrollment, Unenroll } from "../../../core/contract/enrollment.ts";
import type { Api } from "../../api.ts";
import { emptyBodyIsNone } from "../../empty-body.ts";
import { bodyRefusals, idempotencyHeader, json, needs, no, optionalBody } from "../../openapi/parts.ts";
import { askEnrollment } from "./ask.ts";
import { enrollmentId } from "./parameter.ts";

const route = createRoute({
  method: "post",
  path: "/v1/enrollments/{id}/unenroll",
  operationId: "unenroll",
  tags: ["Enrollments"],
  security: needs("enrollments:write"),
  summary: "End an enrollment",
  description:
    "Nothing is sent any more, for good. A message already on its way is recorded as crossed. The body may be left out.",
  middleware: emptyBodyIsNone,
  request: { params: enrollmentId, headers: idempotencyHeader, body: optionalBody(Unenroll) },
  responses: {
    ...bodyRefusals,
    200: json(Enrollment, "The enrollment as it is now."),
    404: no("not_found"),
    409: no("already_finished", "idempotency_in_progress"),
  },
});

/** POST /v1/enrollments/:id/unenroll */
export function unenroll(app: Api): void {
  app.openapi(route, (c) => {
    const reason = c.req.valid("json").reason ?? "unenrolled";
    return askEnrollment(c, c.req.valid("param").id, [{ type: "unenroll_requested", by: c.get("keyId"), reason }]);
  });
}

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
  path: "/v1/enrollments/{id}/connected",
  operationId: "reportConnected",
  tags: ["Enrollments"],
  security: needs("enrollments:write"),
  summary: "Say that the lead is connected on LinkedIn",
  description:
    "A person saw it: the invitation was accepted, or the two were connected before. What waited for that goes on. Said again it changes nothing.",
  middleware: emptyBodyIsNone,
  request: { params: enrollmentId, headers: idempotencyHeader, body: optionalBody(NoFields) },
  responses: {
    ...bodyRefusals,
    200: json(Enrollment, "The enrollment as it is now."),
    404: no("not_found"),
    409: no("idempotency_in_progress"),
  },
});

/** POST /v1/enrollments/:id/connected */
export function reportConnected(app: Api): void {
  app.openapi(route, (c) => askEnrollment(c, c.req.valid("param").id, [{ type: "connected", by: "person" }]));
}

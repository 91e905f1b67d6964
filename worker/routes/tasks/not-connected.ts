import { createRoute } from "@hono/zod-openapi";
import { NoFields } from "../../../core/contract/common.ts";
import { Enrollment } from "../../../core/contract/enrollment.ts";
import type { Api } from "../../api.ts";
import { emptyBodyIsNone } from "../../empty-body.ts";
import { bodyRefusals, idempotencyHeader, json, needs, no, optionalBody } from "../../openapi/parts.ts";
import { askAboutDraft } from "../drafts/ask.ts";
import { taskId } from "./parameter.ts";

const route = createRoute({
  method: "post",
  path: "/v1/tasks/{id}/not-connected",
  operationId: "reportNotConnected",
  tags: ["Tasks"],
  security: needs("enrollments:write"),
  summary: "Say that a message can't be written, since the two aren't connected",
  description:
    "Of a LinkedIn message: its step waits for the connection (POST /v1/enrollments/{id}/connected), at most for the step's `acceptWithinDays`, and is then asked for anew.",
  middleware: emptyBodyIsNone,
  request: { params: taskId, headers: idempotencyHeader, body: optionalBody(NoFields) },
  responses: {
    ...bodyRefusals,
    200: json(Enrollment, "The enrollment as it is now."),
    404: no("not_found"),
    409: no("no_task", "conflict", "idempotency_in_progress"),
  },
});

/** POST /v1/tasks/:id/not-connected */
export function reportNotConnected(app: Api): void {
  app.openapi(route, (c) => {
    const { id } = c.req.valid("param");
    return askAboutDraft(c, id, { type: "task_not_connected", by: c.get("keyId"), draftId: id });
  });
}

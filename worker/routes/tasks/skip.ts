import { createRoute } from "@hono/zod-openapi";
import { Enrollment } from "../../../core/contract/enrollment.ts";
import { TaskSkip } from "../../../core/contract/task.ts";
import type { Api } from "../../api.ts";
import { emptyBodyIsNone } from "../../empty-body.ts";
import { bodyRefusals, idempotencyHeader, json, needs, no, optionalBody } from "../../openapi/parts.ts";
import { askAboutDraft } from "../drafts/ask.ts";
import { taskId } from "./parameter.ts";

const route = createRoute({
  method: "post",
  path: "/v1/tasks/{id}/skip",
  operationId: "skipTask",
  tags: ["Tasks"],
  security: needs("enrollments:write"),
  summary: "Pass over a task",
  description: "It isn't done, and the cadence goes on without it. The body may be left out.",
  middleware: emptyBodyIsNone,
  request: { params: taskId, headers: idempotencyHeader, body: optionalBody(TaskSkip) },
  responses: {
    ...bodyRefusals,
    200: json(Enrollment, "The enrollment as it is now."),
    404: no("not_found"),
    409: no("no_task", "idempotency_in_progress"),
  },
});

/** POST /v1/tasks/:id/skip */
export function skipTask(app: Api): void {
  app.openapi(route, (c) => {
    const { id } = c.req.valid("param");
    const reason = c.req.valid("json").reason ?? null;
    return askAboutDraft(c, id, { type: "task_skipped", by: c.get("keyId"), draftId: id, reason });
  });
}

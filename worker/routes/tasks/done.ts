import { createRoute } from "@hono/zod-openapi";
import { Enrollment } from "../../../core/contract/enrollment.ts";
import { TaskDone } from "../../../core/contract/task.ts";
import type { Api } from "../../api.ts";
import { emptyBodyIsNone } from "../../empty-body.ts";
import { bodyRefusals, idempotencyHeader, json, needs, no, optionalBody } from "../../openapi/parts.ts";
import { askAboutDraft } from "../drafts/ask.ts";
import { taskId } from "./parameter.ts";

const route = createRoute({
  method: "post",
  path: "/v1/tasks/{id}/done",
  operationId: "completeTask",
  tags: ["Tasks"],
  security: needs("enrollments:write"),
  summary: "Say that a task is done",
  description: "The cadence goes on as after a message that was sent. The body may be left out.",
  middleware: emptyBodyIsNone,
  request: { params: taskId, headers: idempotencyHeader, body: optionalBody(TaskDone) },
  responses: {
    ...bodyRefusals,
    200: json(Enrollment, "The enrollment as it is now."),
    404: no("not_found"),
    409: no("no_task", "idempotency_in_progress"),
  },
});

/** POST /v1/tasks/:id/done */
export function completeTask(app: Api): void {
  app.openapi(route, (c) => {
    const { id } = c.req.valid("param");
    const text = c.req.valid("json").text ?? null;
    return askAboutDraft(c, id, { type: "task_done", by: c.get("keyId"), draftId: id, text });
  });
}

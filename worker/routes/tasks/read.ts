import { createRoute } from "@hono/zod-openapi";
import { findVersion } from "../../../adapters/d1/cadence-versions.ts";
import { findEnrollment } from "../../../adapters/d1/enrollments.ts";
import { Task } from "../../../core/contract/task.ts";
import { enrollmentOf } from "../../../core/enrollment.ts";
import { enrollmentStub } from "../../../durable-objects/stub.ts";
import type { Api } from "../../api.ts";
import { json, needs, no, refusals } from "../../openapi/parts.ts";
import { notFound } from "../../problem.ts";
import { taskId } from "./parameter.ts";
import { showTask } from "./show.ts";

const route = createRoute({
  method: "get",
  path: "/v1/tasks/{id}",
  operationId: "getTask",
  tags: ["Tasks"],
  security: needs("enrollments:read"),
  summary: "Read a task",
  description:
    "What is to be said or done, to whom, and until when. One that is done, skipped, or over with its enrollment is not found; GET /v1/drafts/{id} says what became of it.",
  request: { params: taskId },
  responses: { ...refusals, 200: json(Task, "The task."), 404: no("not_found") },
});

/** GET /v1/tasks/:id */
export function getTask(app: Api): void {
  app.openapi(route, async (c) => {
    const tenant = c.get("tenant");
    const { id } = c.req.valid("param");
    const enrollmentId = enrollmentOf(id);
    const record = enrollmentId === null ? null : await findEnrollment(tenant, enrollmentId);
    if (record === null) return notFound(c);
    const [state, version] = await Promise.all([
      enrollmentStub(c.env, tenant.tenantId, record.id).read(),
      findVersion(tenant, record.cadenceId, record.version),
    ]);
    const task = state === null ? null : showTask(record, state, version?.definition ?? null, id, Date.now());
    return task === null ? notFound(c) : c.json(task, 200);
  });
}

import { createRoute, z } from "@hono/zod-openapi";
import { isPosition } from "../../../adapters/d1/journal.ts";
import { listTasks, type TaskRecord } from "../../../adapters/d1/tasks.ts";
import { pageQuery } from "../../../core/contract/paging.ts";
import { TaskKind, TaskPage, type TaskSummary } from "../../../core/contract/task.ts";
import { enrollmentStub } from "../../../durable-objects/stub.ts";
import type { Api, ApiContext } from "../../api.ts";
import { json, needs, no, refusals } from "../../openapi/parts.ts";
import { readTimePage, toTimePage } from "../../paging.ts";
import { problem } from "../../problem.ts";
import { firstTask, showTaskSummary } from "./show.ts";

const query = z.strictObject({
  ...pageQuery,
  kind: TaskKind.optional(),
  cadenceId: z.string().max(64).optional(),
  accountId: z.string().max(64).optional().meta({ description: "Of the enrollments of this LinkedIn account." }),
  overdue: z.literal("true").optional().meta({ description: "Only those that should have been done by now." }),
});

const route = createRoute({
  method: "get",
  path: "/v1/tasks",
  operationId: "listTasks",
  tags: ["Tasks"],
  security: needs("enrollments:read"),
  summary: "List what a person has to do",
  description:
    "Open tasks, those that are due first at the front; from the index, some seconds late. Of an enrollment with several it shows one: the next is there when that is done.",
  request: { query },
  responses: { ...refusals, 200: json(TaskPage, "One page."), 422: no("invalid_request", "invalid_cursor") },
});

/** GET /v1/tasks */
export function getTasks(app: Api): void {
  app.openapi(route, async (c) => {
    const { limit, cursor, overdue, ...filter } = c.req.valid("query");
    const read = readTimePage({ limit, cursor });
    if (!read.ok) return problem(c, "invalid_cursor", read.detail);
    if (!isPosition(read.page.before)) return problem(c, "invalid_cursor", "This cursor is another list's.");
    const now = Date.now();
    const dueBefore = overdue === "true" ? now : undefined;
    const rows = await listTasks(c.get("tenant"), { ...filter, dueBefore }, read.page);
    const { data, nextCursor } = toTimePage(
      rows,
      read.page,
      ({ taskDueAt, seq }) => ({ at: taskDueAt, id: String(seq) }),
      (row) => summary(c, row, now),
    );
    return c.json({ data: (await Promise.all(data)).filter((task) => task !== null), nextCursor }, 200);
  });
}

/** The index names one draft of each enrollment: where something else is held too, the task's own is asked for. */
async function summary(c: ApiContext, row: TaskRecord, now: number): Promise<TaskSummary | null> {
  if (row.heldReason === null) return showTaskSummary(row, now);
  const state = await enrollmentStub(c.env, c.get("tenant").tenantId, row.id).read();
  return showTaskSummary({ ...row, draftId: state === null ? null : firstTask(state) }, now);
}

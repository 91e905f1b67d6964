import { asc, eq, isNotNull, sql } from "drizzle-orm";
import type { TaskKind } from "../../core/contract/task.ts";
import { type EnrollmentRecord, toRecord } from "./enrollments.ts";
import type { TimePage } from "./page.ts";
import { enrollments } from "./schema.ts";
import { own, type Tenant } from "./tenant-db.ts";

/** Which open tasks a list shows. */
export interface TaskFilter {
  readonly kind?: TaskKind | undefined;
  readonly cadenceId?: string | undefined;
  readonly accountId?: string | undefined;
  /** Those that should have been done by then (ms). */
  readonly dueBefore?: number | undefined;
}

/** An enrollment in which a person has something to do. */
export type TaskRecord = EnrollmentRecord & { readonly taskDueAt: number };

/** What is due first at the front; one row more than the page, which here begins behind its position. */
export async function listTasks(tenant: Tenant, filter: TaskFilter, page: TimePage): Promise<TaskRecord[]> {
  const { kind, cadenceId, accountId, dueBefore } = filter;
  const rows = await tenant.db
    .select()
    .from(enrollments)
    .where(
      own(
        tenant,
        enrollments,
        isNotNull(enrollments.taskDueAt),
        page.before === null
          ? undefined
          : sql`(${enrollments.taskDueAt}, ${enrollments.seq}) > (${page.before.at}, ${Number(page.before.id)})`,
        dueBefore === undefined ? undefined : sql`${enrollments.taskDueAt} < ${dueBefore}`,
        kind === undefined ? undefined : eq(enrollments.taskKind, kind),
        // The plus keeps SQLite with the tasks, which are few, in their order.
        cadenceId === undefined ? undefined : sql`+${enrollments.cadenceId} = ${cadenceId}`,
        accountId === undefined ? undefined : sql`+${enrollments.linkedinAccountId} = ${accountId}`,
      ),
    )
    .orderBy(asc(enrollments.taskDueAt), asc(enrollments.seq))
    .limit(page.limit + 1);
  return rows.map(toRecord).filter((row): row is TaskRecord => row.taskDueAt !== null);
}

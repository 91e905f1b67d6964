/** An enrollment that the index knows as overdue. */
export interface Overdue {
  readonly id: string;
  readonly tenantId: string;
  /** JSON of core's Beginning. */
  readonly beginning: string;
  /** JSON of its cadence's version; null for whatever has begun: an object that was emptied must not begin anew. */
  readonly definition: string | null;
}

/** Enrollments of all tenants that should have been looked at before `dueBefore` (ms), longest overdue first; those made after `madeAfter` may never have begun. */
export async function overdueEnrollments(
  db: D1Database,
  dueBefore: number,
  madeAfter: number,
  max: number,
): Promise<readonly Overdue[]> {
  const { results } = await db
    .prepare(
      `SELECT e.id, e.tenant_id AS tenantId, e.beginning, CASE WHEN e.revision = 0 AND e.created_at > ?3 THEN v.definition END AS definition FROM enrollments e
         LEFT JOIN cadence_versions v ON v.cadence_id = e.cadence_id AND v.version = e.version AND v.tenant_id = e.tenant_id
       WHERE e.next_due_at IS NOT NULL AND e.next_due_at < ?1 ORDER BY e.next_due_at LIMIT ?2`,
    )
    .bind(dueBefore, max, madeAfter)
    .all<Overdue>();
  return results;
}

/** There is nothing to wait for: its object is empty. */
export async function forgetDueTime(db: D1Database, tenantId: string, enrollmentId: string): Promise<void> {
  await db
    .prepare("UPDATE enrollments SET next_due_at = NULL WHERE id = ?1 AND tenant_id = ?2")
    .bind(enrollmentId, tenantId)
    .run();
}

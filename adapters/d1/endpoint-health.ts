import type { AuditAct } from "../../core/audit.ts";
import { dayOf } from "../../core/endpoint-health.ts";
import { actOfChange, systemAct } from "./audit-log.ts";

/** Switches an endpoint off, with the reason that its owner will read, and says so in the audit log. False when it was off already. */
export async function disableEndpoint(
  db: D1Database,
  { tenantId, mode }: Pick<AuditAct, "tenantId" | "mode">,
  endpointId: string,
  reason: string,
  now: number,
): Promise<boolean> {
  const off = db
    .prepare(
      "UPDATE endpoints SET enabled = 0, disabled_reason = ?3, updated_at = ?4 WHERE id = ?1 AND tenant_id = ?2 AND enabled = 1",
    )
    .bind(endpointId, tenantId, reason, now);
  const act = systemAct("endpoint_guard", "endpoint.disable", { kind: "endpoint", id: endpointId });
  const before = { enabled: true, disabledReason: null };
  const after = { enabled: false, disabledReason: reason };
  const [done] = await db.batch([off, actOfChange(db, { ...act, tenantId, mode, at: now, before, after })]);
  return (done?.meta.changes ?? 0) > 0;
}

/**
 * Notes that every request has failed, for the first time or on one more day, as of `at` (ms); null when one was answered.
 * The same day twice, by two enrollments at once, counts once.
 */
export async function setFailingSince(
  db: D1Database,
  tenantId: string,
  endpointId: string,
  at: number | null,
): Promise<void> {
  const change =
    at === null
      ? db
          .prepare(
            "UPDATE endpoints SET failing_since = NULL, failing_days = 0, failing_day = NULL WHERE id = ?1 AND tenant_id = ?2",
          )
          .bind(endpointId, tenantId)
      : db
          .prepare(
            "UPDATE endpoints SET failing_since = coalesce(failing_since, ?3), failing_days = failing_days + 1, failing_day = ?4 WHERE id = ?1 AND tenant_id = ?2 AND failing_day IS NOT ?4",
          )
          .bind(endpointId, tenantId, at, dayOf(at));
  await change.run();
}

/** One request of the log, as its endpoint is judged by it. */
export interface ExchangeTiming {
  readonly at: number;
  readonly isFailure: boolean;
  readonly totalMs: number | null;
}

/** So many of an endpoint's requests are looked at. */
export const TIMINGS_MAX = 5_000;

/** The newest requests to an endpoint, at most `TIMINGS_MAX`, newest first. */
export async function listTimings(
  db: D1Database,
  tenantId: string,
  endpointId: string,
): Promise<readonly ExchangeTiming[]> {
  const { results } = await db
    .prepare(
      `SELECT at, outcome NOT IN ('answered', 'accepted') AS isFailure, total_ms AS totalMs FROM journal
       WHERE endpoint_id = ?2 AND tenant_id = ?1 AND kind = 'exchange' ORDER BY seq DESC LIMIT ${TIMINGS_MAX}`,
    )
    .bind(tenantId, endpointId)
    .all<{ at: number; isFailure: 0 | 1; totalMs: number | null }>();
  return results.map(({ at, isFailure, totalMs }) => ({ at, isFailure: isFailure === 1, totalMs }));
}

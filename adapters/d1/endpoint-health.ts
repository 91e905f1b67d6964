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

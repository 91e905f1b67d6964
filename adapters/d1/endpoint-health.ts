/** Switches an endpoint off, with the reason that its owner will read. False when it was off already. */
export async function disableEndpoint(
  db: D1Database,
  tenantId: string,
  endpointId: string,
  reason: string,
  now: number,
): Promise<boolean> {
  const done = await db
    .prepare(
      "UPDATE endpoints SET enabled = 0, disabled_reason = ?3, updated_at = ?4 WHERE id = ?1 AND tenant_id = ?2 AND enabled = 1",
    )
    .bind(endpointId, tenantId, reason, now)
    .run();
  return done.meta.changes > 0;
}

/** Since when every request to the endpoint has failed; null when one was answered. */
export async function setFailingSince(
  db: D1Database,
  tenantId: string,
  endpointId: string,
  since: number | null,
): Promise<void> {
  await db
    .prepare("UPDATE endpoints SET failing_since = ?3 WHERE id = ?1 AND tenant_id = ?2")
    .bind(endpointId, tenantId, since)
    .run();
}

import type { Mode } from "../../core/enrollment.ts";
import type { WakeJob } from "../../core/jobs.ts";

/**
 * The tenant's enrollments that hang on what `where` names and have something ahead of them, from after `afterSeq` on, in
 * that order; at most `max`. Those that ended too: an answer to a reply may still wait there.
 */
export async function liveEnrollments(
  db: D1Database,
  { tenantId, mode }: { readonly tenantId: string; readonly mode: Mode },
  where: WakeJob["where"],
  afterSeq: number,
  max: number,
): Promise<readonly { readonly seq: number; readonly id: string }[]> {
  const { sql, value } = condition(where);
  const { results } = await db
    .prepare(
      `SELECT seq, id FROM enrollments WHERE tenant_id = ?1 AND mode = ?2 AND seq > ?3 AND (state IN ('active', 'held', 'paused') OR next_due_at IS NOT NULL) ${sql} ORDER BY seq LIMIT ?4`,
    )
    .bind(tenantId, mode, afterSeq, max, ...value)
    .all<{ seq: number; id: string }>();
  return results;
}

function condition(where: WakeJob["where"]): { readonly sql: string; readonly value: readonly string[] } {
  if ("cadenceId" in where) return { sql: "AND cadence_id = ?5", value: [where.cadenceId] };
  if ("mailboxId" in where) return { sql: "AND mailbox_id = ?5", value: [where.mailboxId] };
  if ("linkedinAccountId" in where) return { sql: "AND linkedin_account_id = ?5", value: [where.linkedinAccountId] };
  if ("endpointId" in where)
    return {
      sql: "AND cadence_id IN (SELECT id FROM cadences WHERE endpoint_id = ?5 AND tenant_id = ?1)",
      value: [where.endpointId],
    };
  return { sql: "", value: [] };
}

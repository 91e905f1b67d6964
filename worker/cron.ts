import { BEGINS_WITHIN_MS } from "../adapters/d1/enrollments.ts";
import type { Beginning } from "../core/begin.ts";
import type { CadenceVersion } from "../core/cadence.ts";
import { enrollmentStub } from "../durable-objects/stub.ts";

/** An enrollment this long past its time in the index has lost its alarm, or its news never came. */
const OVERDUE_MS = 2 * 60_000;
const SWEPT_AT_MOST = 500;
const AT_ONCE = 10;
const IDEMPOTENCY_KEPT_MS = 24 * 3600_000;

interface Overdue {
  readonly id: string;
  readonly tenantId: string;
  readonly beginning: string;
  /** Null for whatever has begun: an object that was emptied must not begin anew. */
  readonly definition: string | null;
}

/** The sweeper: pokes enrollments that the index knows as overdue; one that never began is begun. Returns how many. */
export async function sweep(env: Env, now: number): Promise<number> {
  const { results } = await env.DB.prepare(
    `SELECT e.id, e.tenant_id AS tenantId, e.beginning, CASE WHEN e.revision = 0 AND e.created_at > ?3 THEN v.definition END AS definition FROM enrollments e
       LEFT JOIN cadence_versions v ON v.cadence_id = e.cadence_id AND v.version = e.version
     WHERE e.next_due_at IS NOT NULL AND e.next_due_at < ?1 ORDER BY e.next_due_at LIMIT ?2`,
  )
    .bind(now - OVERDUE_MS, SWEPT_AT_MOST, now - BEGINS_WITHIN_MS)
    .all<Overdue>();
  for (let start = 0; start < results.length; start += AT_ONCE) {
    const outcomes = await Promise.allSettled(results.slice(start, start + AT_ONCE).map((row) => poke(env, row)));
    for (const outcome of outcomes)
      if (outcome.status === "rejected")
        console.error("an overdue enrollment could not be poked; the next sweep tries again", outcome.reason);
  }
  await env.DB.prepare("DELETE FROM idempotency_keys WHERE created_at < ?1")
    .bind(now - IDEMPOTENCY_KEPT_MS)
    .run();
  return results.length;
}

async function poke(env: Env, row: Overdue): Promise<void> {
  const stub = enrollmentStub(env, row.tenantId, row.id);
  if (row.definition !== null)
    await stub.begin(JSON.parse(row.beginning) as Beginning, JSON.parse(row.definition) as CadenceVersion);
  if (await stub.wake("swept")) return;
  // Emptied, or never to begin: there is nothing to wait for.
  await env.DB.prepare("UPDATE enrollments SET next_due_at = NULL WHERE id = ?1").bind(row.id).run();
}

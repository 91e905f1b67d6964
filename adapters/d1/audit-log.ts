import { and, desc, eq, gte, lt, lte, type SQL, sql } from "drizzle-orm";
import { actorLabel, type SystemActor } from "../../core/actor.ts";
import type { AuditAct, Target } from "../../core/audit.ts";
import { newId } from "../crypto/ids.ts";
import { auditLog } from "./audit-schema.ts";
import type { Span } from "./journal.ts";
import { ownUnindexed } from "./own-unindexed.ts";
import type { Page, TimePage } from "./page.ts";
import { own, type Tenant } from "./tenant-db.ts";

/** A row of the audit log. Times in milliseconds, `before` and `after` JSON. */
export type AuditRow = typeof auditLog.$inferSelect;

/** Which rows a list shows. */
export interface AuditFilter {
  /** An actor's id. */
  readonly actor?: string | undefined;
  readonly action?: string | undefined;
  readonly targetKind?: string | undefined;
  readonly targetId?: string | undefined;
}

const INSERT = `INSERT INTO audit_log (id, tenant_id, mode, at, actor_kind, actor_id, actor_label, action, outcome, target_kind, target_id,
    from_address, user_agent, request_id, before, after)
  SELECT value ->> 'id', value ->> 'tenant_id', value ->> 'mode', value ->> 'at', value ->> 'actor_kind', value ->> 'actor_id',
    value ->> 'actor_label', value ->> 'action', value ->> 'outcome', value ->> 'target_kind', value ->> 'target_id',
    value ->> 'from_address', value ->> 'user_agent', value ->> 'request_id', value ->> 'before', value ->> 'after'
  FROM json_each(?1)`;

/** Writes rows; one that is there already, since the writing was repeated, stays as it is. */
export async function keepActs(db: D1Database, acts: readonly AuditAct[]): Promise<void> {
  await db
    .prepare(`${INSERT} WHERE true ON CONFLICT DO NOTHING`)
    .bind(JSON.stringify(acts.map(toColumns)))
    .run();
}

/** A row of the batch whose statement before it changes something; where that changes nothing, no row. */
export function actOfChange(db: D1Database, act: AuditAct): D1PreparedStatement {
  return db.prepare(`${INSERT} WHERE changes() > 0 ON CONFLICT DO NOTHING`).bind(JSON.stringify([toColumns(act)]));
}

/** What is the same in every act of the system's own. */
export function systemAct(id: SystemActor, action: string, target: Target) {
  const from = { address: null, userAgent: null };
  return {
    id: newId("aud"),
    actor: { kind: "system", id },
    action,
    outcome: "done",
    target,
    from,
    requestId: null,
  } as const;
}

/** Newest first by the order in which they came in; one row more than the page. */
export async function listActs(tenant: Tenant, filter: AuditFilter, page: Page): Promise<AuditRow[]> {
  return tenant.db
    .select()
    .from(auditLog)
    .where(
      and(
        isNarrow(filter) ? ownUnindexed(tenant, auditLog) : own(tenant, auditLog),
        ...conditions(filter),
        page.before === null ? undefined : lt(auditLog.seq, page.before),
      ),
    )
    .orderBy(desc(auditLog.seq))
    .limit(page.limit + 1);
}

/** Newest first by their own times; what an actor or a target has is few, and found by its own index. */
export async function listActsOfSpan(
  tenant: Tenant,
  filter: AuditFilter,
  { since, until }: Span,
  { limit, before }: TimePage,
): Promise<AuditRow[]> {
  const latest = Math.min(until ?? Number.POSITIVE_INFINITY, before?.at ?? Number.POSITIVE_INFINITY);
  return tenant.db
    .select()
    .from(auditLog)
    .where(
      and(
        isNarrow(filter) ? ownUnindexed(tenant, auditLog) : own(tenant, auditLog),
        ...conditions(filter, "within the span"),
        since === null ? undefined : gte(auditLog.at, since),
        Number.isFinite(latest) ? lte(auditLog.at, latest) : undefined,
        before === null ? undefined : sql`(${auditLog.at}, ${auditLog.seq}) < (${before.at}, ${Number(before.id)})`,
      ),
    )
    .orderBy(desc(auditLog.at), desc(auditLog.seq))
    .limit(limit + 1);
}

/** Whether a filter has an index of its own that finds fewer rows than the tenant's. */
function isNarrow({ actor, targetId }: AuditFilter): boolean {
  return actor !== undefined || targetId !== undefined;
}

/** An index at a time: a target finds fewest, then an actor, then an action, then a kind. The plus keeps SQLite from the others. */
function conditions(
  { actor, action, targetKind, targetId }: AuditFilter,
  how?: "within the span",
): (SQL | undefined)[] {
  const hasTarget = targetId !== undefined;
  const hasActor = hasTarget || actor !== undefined;
  const hasAction = hasActor || action !== undefined || how !== undefined;
  return [
    targetId === undefined ? undefined : eq(auditLog.targetId, targetId),
    actor === undefined ? undefined : hasTarget ? sql`+${auditLog.actorId} = ${actor}` : eq(auditLog.actorId, actor),
    action === undefined
      ? undefined
      : hasActor || how !== undefined
        ? sql`+${auditLog.action} = ${action}`
        : eq(auditLog.action, action),
    targetKind === undefined
      ? undefined
      : hasAction
        ? sql`+${auditLog.targetKind} = ${targetKind}`
        : eq(auditLog.targetKind, targetKind),
  ];
}

function toColumns(act: AuditAct): Record<string, string | number | null> {
  const { id, tenantId, mode, at, actor, action, outcome, target, from, requestId, before, after } = act;
  return {
    ...{ id, mode, at, action, outcome, tenant_id: tenantId, request_id: requestId },
    ...{ actor_kind: actor.kind, actor_id: actor.id, actor_label: actorLabel(actor) },
    ...{ target_kind: target.kind, target_id: target.id },
    ...{ from_address: from.address, user_agent: from.userAgent },
    before: before === null ? null : JSON.stringify(before),
    after: after === null ? null : JSON.stringify(after),
  };
}

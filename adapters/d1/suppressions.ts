import { and, desc, eq, lt, sql } from "drizzle-orm";
import { type Actor, actorLabel } from "../../core/actor.ts";
import type { AuditAct } from "../../core/audit.ts";
import type { Mode } from "../../core/enrollment.ts";
import type { SuppressedValue, SuppressionReason } from "../../core/suppression.ts";
import { newId } from "../crypto/ids.ts";
import { IS_ERASED } from "./erasure.ts";
import type { Page } from "./page.ts";
import { suppressions } from "./schema.ts";
import { own, type Tenant } from "./tenant-db.ts";

/** A suppression as stored; times in milliseconds. */
export type SuppressionRow = typeof suppressions.$inferSelect;

/** One to be kept. `at` in milliseconds. */
export interface NewSuppression extends SuppressedValue {
  readonly tenantId: string;
  readonly mode: Mode;
  readonly reason: SuppressionReason;
  readonly enrollmentId: string | null;
  readonly at: number;
}

export interface SuppressionFilter {
  /** A part of the address or domain. */
  readonly search: string | undefined;
  readonly reason: SuppressionReason | undefined;
}

/** Who adds, and how it came about, for the audit log. */
export interface AddedBy {
  readonly actor: Actor;
  readonly from?: AuditAct["from"];
  readonly requestId?: string;
}

/** Keeps many, but for those that came of an enrollment whose person was erased; what is known already stays as it was. Answers how many were new. */
export async function keepSuppressions(db: D1Database, entries: readonly NewSuppression[]): Promise<number> {
  return (await insertStatement(db, entries.map(withId)).run()).meta.changes;
}

/** Keeps many, and writes for each that is new a row of the audit log, all or nothing: statements of one batch. */
export function suppressionStatements(
  db: D1Database,
  entries: readonly NewSuppression[],
  by: AddedBy,
): readonly D1PreparedStatement[] {
  if (entries.length === 0) return [];
  const rows = entries.map(withId);
  return [insertStatement(db, rows), actsOfAdded(db, rows, by)];
}

/** The same at once. */
export async function suppressAudited(db: D1Database, entries: readonly NewSuppression[], by: AddedBy): Promise<void> {
  const statements = suppressionStatements(db, entries, by);
  if (statements.length > 0) await db.batch([...statements]);
}

type WithId = NewSuppression & { readonly id: string };

function withId(entry: NewSuppression): WithId {
  return { id: newId("sup"), ...entry };
}

/** Only of those that are there under the ids just made: the others were known before. */
function actsOfAdded(db: D1Database, rows: readonly WithId[], { actor, from, requestId }: AddedBy) {
  return db
    .prepare(
      `INSERT INTO audit_log (id, tenant_id, mode, at, actor_kind, actor_id, actor_label, action, outcome, target_kind, target_id, from_address, user_agent, request_id, after)
         SELECT 'aud_' || substr(s.id, 5), s.tenant_id, s.mode, s.created_at, ?2, ?3, ?4, 'suppression.add', 'done', 'suppression', s.id, ?5, ?6, ?7,
           json_object('scope', s.scope, 'value', s.value, 'reason', s.reason, 'enrollmentId', s.enrollment_id)
         FROM json_each(?1) AS added JOIN suppressions s ON s.id = added.value ->> 'id' AND s.tenant_id = added.value ->> 'tenantId'
         WHERE true ON CONFLICT DO NOTHING`,
    )
    .bind(
      JSON.stringify(rows),
      actor.kind,
      actor.id,
      actorLabel(actor),
      from?.address ?? null,
      from?.userAgent ?? null,
      requestId ?? null,
    );
}

function insertStatement(db: D1Database, rows: readonly WithId[]): D1PreparedStatement {
  return db
    .prepare(
      `INSERT INTO suppressions (id, tenant_id, mode, scope, value, reason, enrollment_id, created_at)
         SELECT value ->> 'id', value ->> 'tenantId', value ->> 'mode', value ->> 'scope', value ->> 'value', value ->> 'reason', value ->> 'enrollmentId', value ->> 'at'
         FROM json_each(?1) WHERE NOT EXISTS (SELECT 1 FROM enrollments e WHERE e.id = value ->> 'enrollmentId' AND ${IS_ERASED})
         ON CONFLICT (tenant_id, mode, scope, value) DO NOTHING`,
    )
    .bind(JSON.stringify(rows));
}

/** Newest first. */
export async function listSuppressions(
  tenant: Tenant,
  { search, reason }: SuppressionFilter,
  page: Page,
): Promise<SuppressionRow[]> {
  const part = search?.trim().toLowerCase() ?? "";
  return tenant.db
    .select()
    .from(suppressions)
    .where(
      own(
        tenant,
        suppressions,
        and(
          part === "" ? undefined : sql`instr(${suppressions.value}, ${part}) > 0`,
          reason === undefined ? undefined : eq(suppressions.reason, reason),
          page.before === null ? undefined : lt(suppressions.seq, page.before),
        ),
      ),
    )
    .orderBy(desc(suppressions.seq))
    .limit(page.limit + 1);
}

/** One suppression, or null when this key may not see such a one. */
export async function findSuppression(tenant: Tenant, id: string): Promise<SuppressionRow | null> {
  const row = await tenant.db
    .select()
    .from(suppressions)
    .where(own(tenant, suppressions, eq(suppressions.id, id)))
    .get();
  return row ?? null;
}

/** Lifts one, and answers what it was; null when there is no such one to see. */
export async function liftSuppression(tenant: Tenant, id: string): Promise<SuppressionRow | null> {
  const row = await tenant.db
    .delete(suppressions)
    .where(own(tenant, suppressions, eq(suppressions.id, id)))
    .returning()
    .get();
  return row ?? null;
}

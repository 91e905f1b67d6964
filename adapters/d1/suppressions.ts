import { and, desc, eq, lt, sql } from "drizzle-orm";
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

/** Keeps many, but for those that came of an enrollment whose person was erased; what is known already stays as it was. Answers how many were new. */
export async function keepSuppressions(db: D1Database, entries: readonly NewSuppression[]): Promise<number> {
  return (await suppressionStatement(db, entries).run()).meta.changes;
}

/** The same as a statement, to be part of a batch. */
export function suppressionStatement(db: D1Database, entries: readonly NewSuppression[]): D1PreparedStatement {
  return db
    .prepare(
      `INSERT INTO suppressions (id, tenant_id, mode, scope, value, reason, enrollment_id, created_at)
         SELECT value ->> 'id', value ->> 'tenantId', value ->> 'mode', value ->> 'scope', value ->> 'value', value ->> 'reason', value ->> 'enrollmentId', value ->> 'at'
         FROM json_each(?1) WHERE NOT EXISTS (SELECT 1 FROM enrollments e WHERE e.id = value ->> 'enrollmentId' AND ${IS_ERASED})
         ON CONFLICT (tenant_id, mode, scope, value) DO NOTHING`,
    )
    .bind(JSON.stringify(entries.map((entry) => ({ id: newId("sup"), ...entry }))));
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

/** Lifts one; false when there is no such one to see. */
export async function liftSuppression(tenant: Tenant, id: string): Promise<boolean> {
  const row = await tenant.db
    .delete(suppressions)
    .where(own(tenant, suppressions, eq(suppressions.id, id)))
    .returning({ id: suppressions.id })
    .get();
  return row !== undefined;
}

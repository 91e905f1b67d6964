import { and, desc, eq, lt } from "drizzle-orm";
import type { Mode } from "../../core/enrollment.ts";
import { newId } from "../crypto/ids.ts";
import type { Page } from "./page.ts";
import { tombstones } from "./rights-schema.ts";
import { own, type Tenant } from "./tenant-db.ts";

/** A tombstone as stored; times in milliseconds. */
export type TombstoneRow = typeof tombstones.$inferSelect;

/** Keeps one for each hash and mode; what is there already stays as it was. */
export async function keepTombstones(
  db: D1Database,
  tenantId: string,
  modes: readonly Mode[],
  hashes: readonly string[],
  at: number,
): Promise<void> {
  const rows = modes.flatMap((mode) => hashes.map((hash) => ({ id: newId("ers"), tenantId, mode, hash, at })));
  await db
    .prepare(
      `INSERT INTO tombstones (id, tenant_id, mode, hash, created_at)
         SELECT value ->> 'id', value ->> 'tenantId', value ->> 'mode', value ->> 'hash', value ->> 'at'
         FROM json_each(?1) WHERE true ON CONFLICT (tenant_id, mode, hash) DO NOTHING`,
    )
    .bind(JSON.stringify(rows))
    .run();
}

/** Which of these hashes are of erased people. */
export async function erasedAmong(
  db: D1Database,
  { tenantId, mode }: { readonly tenantId: string; readonly mode: Mode },
  hashes: readonly string[],
): Promise<readonly string[]> {
  const { results } = await db
    .prepare(
      "SELECT hash FROM tombstones WHERE tenant_id = ?1 AND mode = ?2 AND hash IN (SELECT value FROM json_each(?3))",
    )
    .bind(tenantId, mode, JSON.stringify(hashes))
    .all<{ hash: string }>();
  return results.map(({ hash }) => hash);
}

/** Newest first. */
export async function listTombstones(tenant: Tenant, page: Page): Promise<TombstoneRow[]> {
  return tenant.db
    .select()
    .from(tombstones)
    .where(own(tenant, tombstones, page.before === null ? undefined : lt(tombstones.seq, page.before)))
    .orderBy(desc(tombstones.seq))
    .limit(page.limit + 1);
}

/** The one with this hash, or null when this key may not see such a one. */
export async function findTombstone(tenant: Tenant, hash: string): Promise<TombstoneRow | null> {
  const row = await tenant.db
    .select()
    .from(tombstones)
    .where(own(tenant, tombstones, eq(tombstones.hash, hash)))
    .get();
  return row ?? null;
}

/** Lifts one, and with a live key its twin of the other mode. As it was; null when there is no such one to see. */
export async function liftTombstone(tenant: Tenant, id: string): Promise<TombstoneRow | null> {
  const row = await tenant.db
    .delete(tombstones)
    .where(own(tenant, tombstones, eq(tombstones.id, id)))
    .returning()
    .get();
  if (row === undefined) return null;
  if (tenant.mode === "live")
    await tenant.db
      .delete(tombstones)
      .where(and(eq(tombstones.tenantId, tenant.tenantId), eq(tombstones.hash, row.hash)));
  return row;
}

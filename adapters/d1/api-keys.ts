import { and, desc, eq, isNull, sql } from "drizzle-orm";
import type { ApiKeyMode } from "../../core/api-key.ts";
import type { TimePage } from "./page.ts";
import { apiKeys } from "./schema.ts";
import type { Database, Tenant } from "./tenant-db.ts";

export type ApiKeyRow = typeof apiKeys.$inferSelect;

/** Whose key has this hash (hex SHA-256 of the whole key); null when none has or it is revoked. The one look-up without a tenant. */
export async function findApiKey(
  db: Database,
  hash: string,
): Promise<{ readonly id: string; readonly tenantId: string; readonly mode: ApiKeyMode } | null> {
  const row = await db
    .select({ id: apiKeys.id, tenantId: apiKeys.tenantId, mode: apiKeys.mode })
    .from(apiKeys)
    .where(and(eq(apiKeys.hash, hash), isNull(apiKeys.revokedAt)))
    .get();
  return row ?? null;
}

/** Keys that this key may know of, newest first: a live key sees all of the tenant's, a test key those for testing. One row more than the page. */
export async function listApiKeys(tenant: Tenant, page: TimePage): Promise<ApiKeyRow[]> {
  const before =
    page.before === null
      ? undefined
      : sql`(${apiKeys.createdAt}, ${apiKeys.id}) < (${page.before.at}, ${page.before.id})`;
  return tenant.db
    .select()
    .from(apiKeys)
    .where(and(seen(tenant), before))
    .orderBy(desc(apiKeys.createdAt), desc(apiKeys.id))
    .limit(page.limit + 1);
}

export async function insertApiKey(tenant: Tenant, row: Omit<ApiKeyRow, "tenantId" | "revokedAt">): Promise<ApiKeyRow> {
  return tenant.db
    .insert(apiKeys)
    .values({ ...row, tenantId: tenant.tenantId })
    .returning()
    .get();
}

/** Revokes from this moment (ms); a key that is revoked already keeps its moment. Null when there is no such key to see. */
export async function revokeApiKey(tenant: Tenant, id: string, at: number): Promise<ApiKeyRow | null> {
  const row = await tenant.db
    .update(apiKeys)
    .set({ revokedAt: sql`coalesce(${apiKeys.revokedAt}, ${at})` })
    .where(and(seen(tenant), eq(apiKeys.id, id)))
    .returning()
    .get();
  return row ?? null;
}

function seen(tenant: Tenant) {
  const mode = tenant.mode === "live" ? undefined : eq(apiKeys.mode, "test");
  return and(eq(apiKeys.tenantId, tenant.tenantId), mode);
}

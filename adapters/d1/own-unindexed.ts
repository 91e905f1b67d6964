import { type SQL, sql } from "drizzle-orm";
import type { AnySQLiteColumn } from "drizzle-orm/sqlite-core";
import type { Tenant } from "./tenant-db.ts";

/**
 * The same condition as `own`, for a list whose filter has an index of its own that finds fewer rows: the plus keeps
 * SQLite, which has no statistics here, from walking through all of the tenant's.
 */
export function ownUnindexed(
  tenant: Tenant,
  table: { readonly tenantId: AnySQLiteColumn; readonly mode: AnySQLiteColumn },
): SQL {
  return sql`+${table.tenantId} = ${tenant.tenantId} AND +${table.mode} = ${tenant.mode}`;
}

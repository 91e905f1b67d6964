import { and, eq, type SQL } from "drizzle-orm";
import { type DrizzleD1Database, drizzle } from "drizzle-orm/d1";
import type { AnySQLiteColumn } from "drizzle-orm/sqlite-core";
import type { Mode } from "../../core/enrollment.ts";

export type Database = DrizzleD1Database;

/** The database as one key may see it: every statement of a repository takes this, so none forgets whose rows it reads. */
export interface Tenant {
  readonly db: Database;
  readonly tenantId: string;
  readonly mode: Mode;
}

/** Opens the D1 binding. Costs nothing: no connection is made. */
export function openDatabase(binding: D1Database): Database {
  return drizzle(binding);
}

interface OwnedTable {
  readonly tenantId: AnySQLiteColumn;
  readonly mode: AnySQLiteColumn;
}

/** The condition that every statement carries: rows of this tenant and mode, and whatever else is asked. */
export function own(tenant: Tenant, table: OwnedTable, ...further: readonly (SQL | undefined)[]): SQL | undefined {
  return and(eq(table.tenantId, tenant.tenantId), eq(table.mode, tenant.mode), ...further);
}

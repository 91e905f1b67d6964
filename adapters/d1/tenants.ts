import { eq } from "drizzle-orm";
import { tenants } from "./schema.ts";
import type { Tenant } from "./tenant-db.ts";

export type TenantRow = typeof tenants.$inferSelect;

export interface TenantChanges {
  readonly name?: string | undefined;
  readonly timeZone?: string | undefined;
  readonly enabled?: boolean | undefined;
  /** In days; null: kept. */
  readonly retention?:
    | {
        readonly bodiesDays?: number | null | undefined;
        readonly logDays?: number | null | undefined;
        readonly messagesDays?: number | null | undefined;
      }
    | undefined;
}

/** The tenant whose key asks. Throws when it is gone: its keys would be too. */
export async function readTenant(tenant: Tenant): Promise<TenantRow> {
  const row = await tenant.db.select().from(tenants).where(eq(tenants.id, tenant.tenantId)).get();
  if (row === undefined) throw new Error(`tenant ${tenant.tenantId} has a key and no row`);
  return row;
}

/** Changes what is given; what is left out stays. */
export async function updateTenant(
  tenant: Tenant,
  { name, timeZone, enabled, retention = {} }: TenantChanges,
): Promise<TenantRow> {
  const { bodiesDays, logDays, messagesDays } = retention;
  const changes = {
    ...(name === undefined ? {} : { name }),
    ...(timeZone === undefined ? {} : { timeZone }),
    ...(enabled === undefined ? {} : { enabled: enabled ? 1 : 0 }),
    ...(bodiesDays === undefined ? {} : { retentionBodiesDays: bodiesDays }),
    ...(logDays === undefined ? {} : { retentionLogDays: logDays }),
    ...(messagesDays === undefined ? {} : { retentionMessagesDays: messagesDays }),
  };
  if (Object.keys(changes).length > 0)
    await tenant.db.update(tenants).set(changes).where(eq(tenants.id, tenant.tenantId));
  return readTenant(tenant);
}

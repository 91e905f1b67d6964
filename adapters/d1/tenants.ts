import { eq } from "drizzle-orm";
import { FrequencyLimits } from "../../core/contract/frequency.ts";
import { BlackoutDates } from "../../core/contract/sending-times.ts";
import { tenants } from "./schema.ts";
import type { Database, Tenant } from "./tenant-db.ts";

export type TenantRow = typeof tenants.$inferSelect;

export interface TenantChanges {
  readonly name?: string | undefined;
  readonly timeZone?: string | undefined;
  readonly enabled?: boolean | undefined;
  readonly blackoutDates?: BlackoutDates | undefined;
  readonly frequencyLimits?: FrequencyLimits | undefined;
  /** In days; null: kept. */
  readonly retention?:
    | {
        readonly bodiesDays?: number | null | undefined;
        readonly logDays?: number | null | undefined;
        readonly messagesDays?: number | null | undefined;
      }
    | undefined;
}

/** The days of the column `blackout_dates`. Throws on what are none: we wrote it. */
export function readBlackoutDates(stored: string): BlackoutDates {
  return BlackoutDates.parse(JSON.parse(stored));
}

/** The limits of the column `frequency_limits`. Throws on what are none: we wrote it. */
export function readFrequencyLimits(stored: string): FrequencyLimits {
  return FrequencyLimits.parse(JSON.parse(stored));
}

/** The tenant whose key asks. Throws when it is gone: its keys would be too. */
export async function readTenant(tenant: Tenant): Promise<TenantRow> {
  const row = await tenant.db.select().from(tenants).where(eq(tenants.id, tenant.tenantId)).get();
  if (row === undefined) throw new Error(`tenant ${tenant.tenantId} has a key and no row`);
  return row;
}

/** The tenants whose enrollments are to look again, since the operator changed what they wait for. */
export async function listWakesDue(db: Database): Promise<readonly string[]> {
  const due = await db.select({ id: tenants.id }).from(tenants).where(eq(tenants.wakeDue, 1));
  return due.map(({ id }) => id);
}

/** They have been told to. */
export async function clearWakeDue(db: Database, tenantId: string): Promise<void> {
  await db.update(tenants).set({ wakeDue: 0 }).where(eq(tenants.id, tenantId));
}

/** Changes what is given; what is left out stays. Answers how it was and is, as of one transaction. */
export async function updateTenant(
  tenant: Tenant,
  { name, timeZone, enabled, blackoutDates, frequencyLimits, retention = {} }: TenantChanges,
): Promise<{ readonly before: TenantRow; readonly after: TenantRow }> {
  const { bodiesDays, logDays, messagesDays } = retention;
  const changes = {
    ...(name === undefined ? {} : { name }),
    ...(timeZone === undefined ? {} : { timeZone }),
    ...(enabled === undefined ? {} : { enabled: enabled ? 1 : 0 }),
    ...(blackoutDates === undefined ? {} : { blackoutDates: JSON.stringify(blackoutDates) }),
    ...(frequencyLimits === undefined ? {} : { frequencyLimits: JSON.stringify(frequencyLimits) }),
    ...(bodiesDays === undefined ? {} : { retentionBodiesDays: bodiesDays }),
    ...(logDays === undefined ? {} : { retentionLogDays: logDays }),
    ...(messagesDays === undefined ? {} : { retentionMessagesDays: messagesDays }),
  };
  if (Object.keys(changes).length === 0) {
    const same = await readTenant(tenant);
    return { before: same, after: same };
  }
  const read = tenant.db.select().from(tenants).where(eq(tenants.id, tenant.tenantId));
  const update = tenant.db.update(tenants).set(changes).where(eq(tenants.id, tenant.tenantId)).returning();
  const [[before], [after]] = await tenant.db.batch([read, update]);
  if (before === undefined || after === undefined) throw new Error(`tenant ${tenant.tenantId} has a key and no row`);
  return { before, after };
}

import { readBlackoutDates, readFrequencyLimits, type TenantRow } from "../../../adapters/d1/tenants.ts";
import type { TenantAccount } from "../../../core/contract/tenant.ts";

/** A row as the API shows it. */
export function showTenant(row: TenantRow): TenantAccount {
  return {
    id: row.id,
    name: row.name,
    timeZone: row.timeZone,
    enabled: row.enabled === 1,
    blackoutDates: readBlackoutDates(row.blackoutDates),
    frequencyLimits: readFrequencyLimits(row.frequencyLimits),
    retention: {
      bodiesDays: row.retentionBodiesDays,
      logDays: row.retentionLogDays,
      messagesDays: row.retentionMessagesDays,
    },
    createdAt: new Date(row.createdAt).toISOString(),
  };
}

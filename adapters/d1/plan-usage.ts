import { eq, sql } from "drizzle-orm";
import { monthIn, QUOTA_KINDS, type Quota, type QuotaKind, type SendQuotas } from "../../core/quota.ts";
import type { LogLine, LogMessage } from "./log-message.ts";
import { planUsage } from "./plan-schema.ts";
import { tenants } from "./schema.ts";
import type { Tenant } from "./tenant-db.ts";

/** A month of a tenant's plan. */
export type PlanMonth = Readonly<Record<QuotaKind, Quota>> & { readonly month: string; readonly timeZone: string };

const NONE = { drafts: 0, messages: 0, enrollments: 0 } as const;

/** What the tenant has used in the month of `now`, live, and what it may. Throws when the tenant is gone: its keys would be too. */
export async function readPlan(tenant: Tenant, now: number): Promise<PlanMonth> {
  const { db } = tenant;
  const [[account], months] = await db.batch([
    db.select().from(tenants).where(eq(tenants.id, tenant.tenantId)),
    db
      .select()
      .from(planUsage)
      .where(eq(planUsage.tenantId, tenant.tenantId))
      .orderBy(sql`${planUsage.month} DESC`)
      .limit(2),
  ]);
  if (account === undefined) throw new Error(`tenant ${tenant.tenantId} has a key and no row`);
  const month = monthIn(now, account.timeZone);
  const used = months.find((row) => row.month === month) ?? NONE;
  return {
    month,
    timeZone: account.timeZone,
    drafts: { used: used.drafts, limit: account.quotaDrafts },
    messages: { used: used.messages, limit: account.quotaMessages },
    enrollments: { used: used.enrollments, limit: account.quotaEnrollments },
  };
}

/** What the look at the facts has of the quotas: the limits, and the last months as JSON. Null where nothing is bounded. */
export interface QuotaColumns {
  readonly quotaDrafts: number | null;
  readonly quotaMessages: number | null;
  readonly usage: string | null;
}

/** Those columns read for the month of `now`. */
export function readSendQuotas(
  { quotaDrafts, quotaMessages, usage }: QuotaColumns,
  timeZone: string,
  now: number,
): SendQuotas | null {
  if (quotaDrafts === null && quotaMessages === null) return null;
  const month = monthIn(now, timeZone);
  const months = JSON.parse(usage ?? "[]") as readonly { month: string; drafts: number; messages: number }[];
  const used = months.find((row) => row.month === month) ?? NONE;
  return {
    month,
    drafts: { used: used.drafts, limit: quotaDrafts },
    messages: { used: used.messages, limit: quotaMessages },
  };
}

/**
 * Counts what these lines of the log tell of drafts and messages, live, in the month of each in its tenant's zone. It goes
 * before the lines are written, in the same transaction: a line that is there already has been counted.
 */
export async function countUsage(
  db: D1Database,
  lines: readonly { readonly message: LogMessage; readonly line: LogLine }[],
): Promise<readonly D1PreparedStatement[]> {
  const spent = new Map<string, Spent>();
  for (const { message, line } of lines) {
    const kind = message.mode === "live" ? kindOf(line.entry) : null;
    const { tenantId, enrollmentId } = message;
    if (kind !== null)
      spent.set(`${enrollmentId} ${line.n}`, { tenantId, enrollmentId, n: line.n, kind, at: line.entry.at });
  }
  if (spent.size === 0) return [];
  const zones = await zonesOf(db, new Set([...spent.values()].map(({ tenantId }) => tenantId)));
  const counted = [...spent.values()].flatMap((one) => {
    const timeZone = zones.get(one.tenantId);
    return timeZone === undefined ? [] : [{ ...one, month: monthIn(one.at, timeZone) }];
  });
  return counted.length === 0 ? [] : [db.prepare(COUNT).bind(JSON.stringify(counted))];
}

interface Spent {
  readonly tenantId: string;
  readonly enrollmentId: string;
  readonly n: number;
  readonly kind: "drafts" | "messages";
  readonly at: number;
}

const COUNT = `
  INSERT INTO plan_usage (tenant_id, month, drafts, messages)
  SELECT value->>'tenantId', value->>'month', sum(value->>'kind' = 'drafts'), sum(value->>'kind' = 'messages') FROM json_each(?1)
  WHERE NOT EXISTS (SELECT 1 FROM journal j WHERE j.enrollment_id = value->>'enrollmentId' AND j.entry = value->>'n')
  GROUP BY value->>'tenantId', value->>'month'
  ON CONFLICT (tenant_id, month) DO UPDATE SET drafts = drafts + excluded.drafts, messages = messages + excluded.messages`;

/** A draft is one however often it is asked for: its first attempt counts. */
function kindOf(entry: LogLine["entry"]): "drafts" | "messages" | null {
  if (entry.kind === "message") return entry.message.direction === "out" ? "messages" : null;
  return entry.kind === "exchange" && entry.about === "draft" && entry.attempt === 1 ? "drafts" : null;
}

/** The time zones of these tenants. */
export async function zonesOf(db: D1Database, tenantIds: ReadonlySet<string>): Promise<ReadonlyMap<string, string>> {
  const { results } = await db
    .prepare("SELECT id, time_zone AS timeZone FROM tenants WHERE id IN (SELECT value FROM json_each(?1))")
    .bind(JSON.stringify([...tenantIds]))
    .all<{ id: string; timeZone: string }>();
  return new Map(results.map(({ id, timeZone }) => [id, timeZone]));
}

/** A part of a quota that nobody has been told of yet. */
export interface NewLevel extends Quota {
  readonly kind: QuotaKind;
  readonly month: string;
  readonly percent: 80 | 100;
}

/** Marks a level as told, and says whether this was the first to do so. */
export async function markTold(db: D1Database, tenantId: string, { kind, month, percent }: NewLevel): Promise<boolean> {
  const told = `${kind}_told`;
  const { meta } = await db
    .prepare(`UPDATE plan_usage SET ${told} = ?3 WHERE tenant_id = ?1 AND month = ?2 AND ${told} < ?3`)
    .bind(tenantId, month, percent)
    .run();
  return meta.changes > 0;
}

/** What of the tenant's quotas is used in the month of `now`, and of which part of each the endpoints were told. */
export async function readTold(
  db: D1Database,
  tenantId: string,
  now: number,
): Promise<readonly (Quota & { readonly kind: QuotaKind; readonly month: string; readonly told: number })[]> {
  const { results } = await db
    .prepare(
      `SELECT t.time_zone AS timeZone, u.month, u.drafts, u.messages, u.enrollments, u.drafts_told, u.messages_told, u.enrollments_told,
         t.quota_drafts, t.quota_messages, t.quota_enrollments
       FROM tenants t JOIN plan_usage u ON u.tenant_id = t.id
       WHERE t.id = ?1 AND (t.quota_drafts IS NOT NULL OR t.quota_messages IS NOT NULL OR t.quota_enrollments IS NOT NULL)
       ORDER BY u.month DESC LIMIT 2`,
    )
    .bind(tenantId)
    .all<Record<string, number> & { timeZone: string; month: string }>();
  const row = results.find(({ month, timeZone }) => month === monthIn(now, timeZone));
  if (row === undefined) return [];
  return QUOTA_KINDS.map((kind) => ({
    kind,
    month: row.month,
    used: row[kind] ?? 0,
    limit: row[`quota_${kind}`] ?? null,
    told: row[`${kind}_told`] ?? 0,
  }));
}

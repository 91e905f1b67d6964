import { eq, sql } from "drizzle-orm";
import { monthIn, QUOTA_KINDS, type Quota, type QuotaKind, type SendQuotas, WARNED_AT } from "../../core/quota.ts";
import { notErased } from "./erasure.ts";
import type { LogLine, LogMessage } from "./log-message.ts";
import { planUsage } from "./plan-schema.ts";
import { tenants } from "./schema.ts";
import type { Tenant } from "./tenant-db.ts";

/** A month of a tenant's plan. */
export type PlanMonth = Readonly<Record<QuotaKind, Quota>> & { readonly month: string; readonly timeZone: string };

/** The note of an answer that came to the completion URL. */
const COMPLETED = "completion_received";

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
 * before the lines are written, in the same transaction: a line that is there already has been counted, and so has a draft
 * of which there is one. Of whoever was erased nothing is counted, since nothing is written that would tell a repeat.
 */
export async function countUsage(
  db: D1Database,
  lines: readonly { readonly message: LogMessage; readonly line: LogLine }[],
): Promise<readonly D1PreparedStatement[]> {
  const spent = new Map<string, Spent>();
  for (const { message, line } of lines) {
    const { tenantId, enrollmentId, mode } = message;
    const of = mode === "live" ? spentBy(line.entry) : null;
    if (of === null) continue;
    const key = of.draftId ?? `${enrollmentId} ${line.n}`;
    if (!spent.has(key)) spent.set(key, { ...of, tenantId, enrollmentId, n: line.n, at: line.entry.at });
  }
  if (spent.size === 0) return [];
  const zones = await zonesOf(db, new Set([...spent.values()].map(({ tenantId }) => tenantId)));
  const counted = [...spent.values()].flatMap((one) => {
    const timeZone = zones.get(one.tenantId);
    return timeZone === undefined ? [] : [{ ...one, month: monthIn(one.at, timeZone) }];
  });
  return counted.length === 0 ? [] : [db.prepare(COUNT).bind(JSON.stringify(counted))];
}

interface Spent extends SpentBy {
  readonly tenantId: string;
  readonly enrollmentId: string;
  readonly n: number;
  readonly at: number;
}

interface SpentBy {
  readonly kind: "drafts" | "messages";
  /** Set for a draft. */
  readonly draftId: string | null;
}

const COUNT = `
  INSERT INTO plan_usage (tenant_id, month, drafts, messages)
  SELECT value->>'tenantId', value->>'month', sum(value->>'kind' = 'drafts'), sum(value->>'kind' = 'messages') FROM json_each(?1)
  WHERE ${notErased("value->>'enrollmentId'")}
    AND NOT EXISTS (SELECT 1 FROM journal j WHERE j.enrollment_id = value->>'enrollmentId' AND (j.entry = value->>'n'
      OR (j.subject_id = value->>'draftId' AND (j.kind = 'exchange' OR j.what = '${COMPLETED}'))))
  GROUP BY value->>'tenantId', value->>'month'
  ON CONFLICT (tenant_id, month) DO UPDATE SET drafts = drafts + excluded.drafts, messages = messages + excluded.messages`;

/** A draft is one however often it is asked for, and by whatever line it is known first: who was killed while asking leaves none of its attempt. */
function spentBy(entry: LogLine["entry"]): SpentBy | null {
  if (entry.kind === "message") return entry.message.direction === "out" ? { kind: "messages", draftId: null } : null;
  const isDraft = entry.kind === "exchange" ? entry.about === "draft" : entry.code === COMPLETED;
  const draftId = isDraft ? entry.subjectId : null;
  return draftId?.startsWith("drf_") ? { kind: "drafts", draftId } : null;
}

/** The time zones of these tenants. */
export async function zonesOf(db: D1Database, tenantIds: ReadonlySet<string>): Promise<ReadonlyMap<string, string>> {
  const { results } = await db
    .prepare("SELECT id, time_zone AS timeZone FROM tenants WHERE id IN (SELECT value FROM json_each(?1))")
    .bind(JSON.stringify([...tenantIds]))
    .all<{ id: string; timeZone: string }>();
  return new Map(results.map(({ id, timeZone }) => [id, timeZone]));
}

/** Keeps a level as told; a lower one than was told before changes nothing. */
export async function keepTold(
  db: D1Database,
  tenantId: string,
  { kind, month, percent }: { readonly kind: QuotaKind; readonly month: string; readonly percent: 80 | 100 },
): Promise<void> {
  const told = `${kind}_told`;
  await db
    .prepare(`UPDATE plan_usage SET ${told} = ?3 WHERE tenant_id = ?1 AND month = ?2 AND ${told} < ?3`)
    .bind(tenantId, month, percent)
    .run();
}

/** Tenants that have come to a part of a quota, in a month (YYYY-MM) from `fromMonth` on, of which nobody was told. */
export async function tenantsToTell(db: D1Database, fromMonth: string): Promise<readonly string[]> {
  const untold = QUOTA_KINDS.map(
    (kind) =>
      `u.${kind}_told < iif(u.${kind} >= t.quota_${kind}, 100, iif(u.${kind} >= t.quota_${kind} * ${WARNED_AT}, 80, 0))`,
  );
  const { results } = await db
    .prepare(
      `SELECT DISTINCT u.tenant_id AS tenantId FROM tenants t CROSS JOIN plan_usage u ON u.tenant_id = t.id AND u.month >= ?1 WHERE (${untold.join(" OR ")})`,
    )
    .bind(fromMonth)
    .all<{ tenantId: string }>();
  return results.map(({ tenantId }) => tenantId);
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

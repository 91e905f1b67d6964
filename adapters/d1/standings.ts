import { and, eq, inArray, sql } from "drizzle-orm";
import { ownUnindexed } from "./own-unindexed.ts";
import { cadences, enrollments } from "./schema.ts";
import { own, type Tenant } from "./tenant-db.ts";

/** Enrollments of a cadence that stand alike; `dueAt` (ms) is the first of theirs. */
export interface StandingRow {
  readonly count: number;
  readonly mailboxId: string | null;
  readonly version: number;
  readonly step: number;
  readonly phase: string;
  readonly dueAt: number | null;
  readonly timeZone: string | null;
  readonly country: string | null;
}

/** The active enrollments of a cadence, those of one span of `spanMs` of due times together; at most `most` rows. */
export async function listStandings(
  tenant: Tenant,
  cadenceId: string,
  spanMs: number,
  most: number,
): Promise<readonly StandingRow[]> {
  const span = sql`${enrollments.nextDueAt} / ${spanMs}`;
  // As it was enrolled: a lead's zone that was edited since is in the object alone.
  const timeZone = sql<string | null>`${enrollments.beginning} ->> '$.lead.timeZone'`;
  const country = sql<string | null>`${enrollments.beginning} ->> '$.lead.country'`;
  const { mailboxId, version, step, phase } = enrollments;
  return tenant.db
    .select({
      ...{ mailboxId, version, step, phase, timeZone, country },
      count: sql<number>`count(*)`,
      dueAt: sql<number | null>`min(${enrollments.nextDueAt})`,
    })
    .from(enrollments)
    .where(
      and(
        ownUnindexed(tenant, enrollments),
        eq(enrollments.cadenceId, cadenceId),
        sql`+${enrollments.state} = 'active'`,
      ),
    )
    .groupBy(mailboxId, version, step, phase, timeZone, country, span)
    .limit(most);
}

/** How many enrollments of a cadence wait for a person, by state. */
export async function countLeftOut(
  tenant: Tenant,
  cadenceId: string,
): Promise<{ readonly paused: number; readonly held: number }> {
  const rows = await tenant.db
    .select({ state: enrollments.state, count: sql<number>`count(*)` })
    .from(enrollments)
    .where(
      and(
        ownUnindexed(tenant, enrollments),
        eq(enrollments.cadenceId, cadenceId),
        inArray(enrollments.state, ["paused", "held"]),
      ),
    )
    .groupBy(enrollments.state);
  const of = (state: string) => rows.find((row) => row.state === state)?.count ?? 0;
  return { paused: of("paused"), held: of("held") };
}

/** A standing of any of the tenant's cadences. */
export interface TenantStandingRow extends StandingRow {
  readonly cadenceId: string;
}

/** The same of all the tenant's cadences that are on, of those that are due before `before` (ms). */
export async function listTenantStandings(
  tenant: Tenant,
  before: number,
  spanMs: number,
  most: number,
): Promise<readonly TenantStandingRow[]> {
  const { mailboxId, version, step, phase, cadenceId } = enrollments;
  const timeZone = sql<string | null>`${enrollments.beginning} ->> '$.lead.timeZone'`;
  const country = sql<string | null>`${enrollments.beginning} ->> '$.lead.country'`;
  return tenant.db
    .select({
      ...{ cadenceId, mailboxId, version, step, phase, timeZone, country },
      count: sql<number>`count(*)`,
      dueAt: sql<number | null>`min(${enrollments.nextDueAt})`,
    })
    .from(enrollments)
    .where(
      own(
        tenant,
        enrollments,
        eq(enrollments.state, "active"),
        sql`+${cadenceId} NOT IN (SELECT id FROM cadences WHERE tenant_id = ${tenant.tenantId} AND mode = ${tenant.mode} AND enabled = 0)`,
        // What has no time is under way now.
        sql`coalesce(+${enrollments.nextDueAt}, 0) < ${before}`,
      ),
    )
    .groupBy(cadenceId, mailboxId, version, step, phase, timeZone, country, sql`${enrollments.nextDueAt} / ${spanMs}`)
    .limit(most);
}

/** How many cadences of the tenant are off; at most 1,000. */
export async function countCadencesOff(tenant: Tenant): Promise<number> {
  const rows = await tenant.db
    .select({ id: cadences.id })
    .from(cadences)
    .where(own(tenant, cadences, eq(cadences.enabled, 0)))
    .limit(1_000);
  return rows.length;
}

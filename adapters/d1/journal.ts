import { and, asc, desc, eq, gt, gte, lt, lte, sql } from "drizzle-orm";
import type { Exchange } from "../../core/journal.ts";
import type { Page } from "./page.ts";
import { journal } from "./schema.ts";
import { own, type Tenant } from "./tenant-db.ts";

/** A row of the log. Times in milliseconds. */
export type JournalRecord = typeof journal.$inferSelect;

/** Which rows the log shows. `since` and `until` in milliseconds, both inclusive. */
export interface JournalFilter {
  readonly kind: JournalRecord["kind"];
  readonly endpointId?: string | undefined;
  readonly cadenceId?: string | undefined;
  readonly enrollmentId?: string | undefined;
  readonly subjectId?: string | undefined;
  readonly outcome?: string | undefined;
  readonly since?: number | undefined;
  readonly until?: number | undefined;
}

/** Newest first by the order in which they came in, so that a late row is not skipped by whoever pages. */
export async function listJournal(tenant: Tenant, filter: JournalFilter, page: Page): Promise<JournalRecord[]> {
  return tenant.db
    .select()
    .from(journal)
    .where(
      and(
        isNarrow(filter) ? ownWithoutIndex(tenant) : own(tenant, journal),
        // As text and not as a parameter: the log's indexes are partial, and only a literal lets SQLite take them.
        sql.raw(`"journal"."kind" = '${filter.kind}'`),
        filter.endpointId === undefined ? undefined : eq(journal.endpointId, filter.endpointId),
        filter.cadenceId === undefined ? undefined : eq(journal.cadenceId, filter.cadenceId),
        filter.enrollmentId === undefined ? undefined : eq(journal.enrollmentId, filter.enrollmentId),
        filter.subjectId === undefined ? undefined : eq(journal.subjectId, filter.subjectId),
        filter.outcome === undefined ? undefined : outcomeIs(filter.outcome),
        filter.since === undefined ? undefined : gte(journal.at, filter.since),
        filter.until === undefined ? undefined : lte(journal.at, filter.until),
        page.before === null ? undefined : lt(journal.seq, page.before),
      ),
    )
    .orderBy(desc(journal.seq))
    .limit(page.limit + 1);
}

/** Whether a filter has an index of its own that finds fewer rows than the tenant's. */
function isNarrow({ endpointId, cadenceId, enrollmentId, subjectId }: JournalFilter): boolean {
  return [endpointId, cadenceId, enrollmentId, subjectId].some((id) => id !== undefined);
}

/** The same condition as `own`; the plus keeps SQLite, which has no statistics here, from walking through all of the tenant's rows. */
function ownWithoutIndex(tenant: Tenant) {
  return sql`+${journal.tenantId} = ${tenant.tenantId} AND +${journal.mode} = ${tenant.mode}`;
}

/** One row, or null when this key may not see such a one. */
export async function findJournalRow(
  tenant: Tenant,
  enrollmentId: string,
  entry: number,
): Promise<JournalRecord | null> {
  const row = await tenant.db
    .select()
    .from(journal)
    .where(own(tenant, journal, eq(journal.enrollmentId, enrollmentId), eq(journal.entry, entry)))
    .get();
  return row ?? null;
}

/** What happened to one enrollment, oldest first, after line `afterEntry`. Redeliveries are no part of it: they changed nothing. */
export async function listTimeline(
  tenant: Tenant,
  enrollmentId: string,
  page: { readonly limit: number; readonly afterEntry: number },
): Promise<JournalRecord[]> {
  return tenant.db
    .select()
    .from(journal)
    .where(own(tenant, journal, eq(journal.enrollmentId, enrollmentId), gt(journal.entry, page.afterEntry)))
    .orderBy(asc(journal.entry))
    .limit(page.limit + 1);
}

/** The columns of such a line that its exchange tells. */
export function besideColumns(exchange: Exchange, decision: string) {
  return {
    at: exchange.startedAt,
    kind: "exchange" as const,
    endpointId: exchange.endpointId,
    url: exchange.url,
    status: exchange.status,
    outcome: exchange.outcome === "http" ? `http_${exchange.status}` : exchange.outcome,
    reason: exchange.reason,
    decision,
    totalMs: exchange.totalMs,
    firstByteMs: exchange.firstByteMs,
    responseBytes: exchange.responseBytes,
    responseCut: exchange.responseCut ? 1 : 0,
    traceId: exchange.traceId,
  };
}

/** A line that no object wrote: a redelivery, or a notice to an endpoint. `entry` is negative: objects count their own lines upwards. */
export async function insertBeside(
  tenant: Tenant,
  row: Omit<typeof journal.$inferInsert, "seq" | "tenantId" | "mode">,
): Promise<JournalRecord | null> {
  const made = await tenant.db
    .insert(journal)
    .values({ ...row, tenantId: tenant.tenantId, mode: tenant.mode })
    .onConflictDoNothing({ target: [journal.enrollmentId, journal.entry] })
    .returning();
  return made[0] ?? null;
}

/** The number of the next such line of this enrollment (or tenant): -1, -2, … */
export async function nextBeside(tenant: Tenant, enrollmentId: string): Promise<number> {
  const row = await tenant.db
    .select({ least: sql<number>`coalesce(min(${journal.entry}), 0)` })
    .from(journal)
    .where(and(own(tenant, journal, eq(journal.enrollmentId, enrollmentId)), lt(journal.entry, 0)))
    .get();
  return (row?.least ?? 0) - 1;
}

/** Failures are few and have an index of their own, which SQLite takes only when it is told that this is one. */
function outcomeIs(outcome: string) {
  const isFailure = outcome !== "answered" && outcome !== "accepted";
  return and(
    eq(journal.outcome, outcome),
    isFailure ? sql.raw(`"journal"."outcome" NOT IN ('answered', 'accepted')`) : undefined,
  );
}

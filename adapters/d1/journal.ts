import { and, asc, desc, eq, gt, gte, lt, lte, type SQL, sql } from "drizzle-orm";
import type { Exchange } from "../../core/journal.ts";
import { ownUnindexed } from "./own-unindexed.ts";
import type { Page, Position, TimePage } from "./page.ts";
import { journal } from "./schema.ts";
import { own, type Tenant } from "./tenant-db.ts";

/** A row of the log. Times in milliseconds. */
export type JournalRecord = typeof journal.$inferSelect;

/** Which rows the log shows. */
export interface JournalFilter {
  readonly kind: JournalRecord["kind"];
  readonly endpointId?: string | undefined;
  readonly cadenceId?: string | undefined;
  readonly enrollmentId?: string | undefined;
  readonly subjectId?: string | undefined;
  /** One outcome, or `FAILED`. */
  readonly outcome?: string | undefined;
}

/** The word for every outcome that is no answer. */
export const FAILED = "failed";

/** Newest first by the order in which they came in, so that a late row is not skipped by whoever pages. */
export async function listJournal(tenant: Tenant, filter: JournalFilter, page: Page): Promise<JournalRecord[]> {
  return tenant.db
    .select()
    .from(journal)
    .where(
      and(
        isNarrow(filter) ? ownUnindexed(tenant, journal) : own(tenant, journal),
        kindIs(filter.kind),
        filter.endpointId === undefined ? undefined : eq(journal.endpointId, filter.endpointId),
        filter.cadenceId === undefined ? undefined : eq(journal.cadenceId, filter.cadenceId),
        ...always(filter),
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

/** From when to when, in milliseconds, both inclusive; null is no bound. */
export interface Span {
  readonly since: number | null;
  readonly until: number | null;
}

/**
 * Newest first by their own times. By the order in which they came in it would have to be walked from the newest row to
 * the span, and past it. Endpoints and cadences are looked at within the span; what is few anyway is found by its own index.
 */
export async function listJournalSpan(
  tenant: Tenant,
  filter: JournalFilter,
  { since, until }: Span,
  page: TimePage,
): Promise<JournalRecord[]> {
  const { before } = page;
  const latest = Math.min(until ?? Number.POSITIVE_INFINITY, before?.at ?? Number.POSITIVE_INFINITY);
  return tenant.db
    .select()
    .from(journal)
    .where(
      and(
        isFew(filter) ? ownUnindexed(tenant, journal) : own(tenant, journal),
        kindIs(filter.kind),
        filter.endpointId === undefined ? undefined : sql`+${journal.endpointId} = ${filter.endpointId}`,
        filter.cadenceId === undefined ? undefined : sql`+${journal.cadenceId} = ${filter.cadenceId}`,
        ...always(filter),
        since === null ? undefined : gte(journal.at, since),
        Number.isFinite(latest) ? lte(journal.at, latest) : undefined,
        before === null ? undefined : sql`(${journal.at}, ${journal.seq}) < (${before.at}, ${Number(before.id)})`,
      ),
    )
    .orderBy(desc(journal.at), desc(journal.seq))
    .limit(page.limit + 1);
}

/** Where a row stands among those of a span. */
export function positionOf({ at, seq }: Pick<JournalRecord, "at" | "seq">): Position {
  return { at, id: String(seq) };
}

/** Whether a position is one of those, or the beginning (null). */
export function isPosition(position: Position | null): boolean {
  return position === null || /^\d{1,15}$/.test(position.id);
}

/** Whether a filter finds so few that they need no span. */
export function isFew({ enrollmentId, subjectId }: JournalFilter): boolean {
  return enrollmentId !== undefined || subjectId !== undefined;
}

/** As text and not as a parameter: the log's indexes are partial, and only a literal lets SQLite take them. */
export function kindIs(kind: JournalFilter["kind"]): SQL {
  return sql.raw(`"journal"."kind" = '${kind}'`);
}

/** Conditions by which SQLite finds fewest in either order. */
export function always({ enrollmentId, subjectId, outcome }: JournalFilter): (SQL | undefined)[] {
  return [
    enrollmentId === undefined ? undefined : eq(journal.enrollmentId, enrollmentId),
    subjectId === undefined ? undefined : eq(journal.subjectId, subjectId),
    outcome === undefined ? undefined : outcomeIs(outcome),
  ];
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

/**
 * Writes a line that no object wrote: a redelivery, or a notice to an endpoint. It is numbered downwards from -1 within
 * its enrollment (or tenant), since objects count their own lines upwards; in the one statement that writes it, so that
 * of many at once each gets a number.
 */
export async function insertBeside(
  tenant: Tenant,
  row: Omit<typeof journal.$inferInsert, "seq" | "entry" | "tenantId" | "mode">,
): Promise<JournalRecord> {
  const entry = sql`(SELECT coalesce(min(entry), 0) - 1 FROM journal WHERE enrollment_id = ${row.enrollmentId} AND tenant_id = ${tenant.tenantId} AND entry < 0)`;
  const [made] = await tenant.db
    .insert(journal)
    .values({ ...row, entry, tenantId: tenant.tenantId, mode: tenant.mode })
    .returning();
  if (made === undefined) throw new Error(`a line beside those of ${row.enrollmentId} was written and is not there`);
  return made;
}

/** Failures are few and have an index of their own, which SQLite takes only when it is told that this is one. */
function outcomeIs(outcome: string) {
  if (outcome === FAILED) return sql.raw(IS_FAILURE);
  const isFailure = outcome !== "answered" && outcome !== "accepted";
  return and(eq(journal.outcome, outcome), isFailure ? sql.raw(IS_FAILURE) : undefined);
}

const IS_FAILURE = `"journal"."outcome" NOT IN ('answered', 'accepted')`;

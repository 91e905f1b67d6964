import { and, desc, eq, getTableColumns, inArray, isNotNull, lt, type SQL, sql } from "drizzle-orm";
import type { SQLiteTable } from "drizzle-orm/sqlite-core";
import type { Beginning } from "../../core/begin.ts";
import type { EnrollmentState, Mode } from "../../core/enrollment.ts";
import type { MatchedEnrollment } from "./inbound-mail.ts";
import { ownUnindexed } from "./own-unindexed.ts";
import type { Page } from "./page.ts";
import { planUsage } from "./plan-schema.ts";
import { enrollments } from "./schema.ts";
import { own, type Tenant } from "./tenant-db.ts";

/** What an enrollment was begun with, and the session as the caller named it. */
export interface StoredBeginning extends Beginning {
  readonly sessionId: string | null;
}

/** A row of the index. Times in milliseconds. */
export type EnrollmentRecord = Omit<typeof enrollments.$inferSelect, "beginning" | "tenantId"> & {
  readonly beginning: StoredBeginning;
};

/** Which rows a list shows. */
export interface EnrollmentFilter {
  /** One of these; all where there are none. */
  readonly states?: readonly EnrollmentState[] | undefined;
  readonly exitReason?: string | undefined;
  /** True: where something waits for a person, also after the end. */
  readonly held?: boolean | undefined;
  readonly cadenceId?: string | undefined;
  readonly leadExternalId?: string | undefined;
  readonly leadEmail?: string | undefined;
}

/** The first row of an enrollment. */
export interface NewEnrollment {
  readonly cadenceId: string;
  readonly version: number;
  /** How often the lead was enrolled in the cadence before. */
  readonly round: number;
  /** The month of the plan that it counts in; null: in none. */
  readonly month: string | null;
  readonly beginning: StoredBeginning;
  readonly nextDueAt: number;
}

/** What became of a new enrollment. `there`: another request was faster. */
export type Inserted =
  | { readonly kind: "created" | "there"; readonly record: EnrollmentRecord }
  | { readonly kind: "quota_reached" };

/**
 * Writes the first row, or finds that of the same lead in this cadence and round: one of them, whoever comes first. With a
 * `month` (YYYY-MM) it counts against the plan, and nothing is written where its quota is used up: all in one transaction.
 */
export async function insertEnrollment(tenant: Tenant, enrollment: NewEnrollment, now: number): Promise<Inserted> {
  const { db, tenantId, mode } = tenant;
  const { beginning, cadenceId, round, month } = enrollment;
  const { id, lead } = beginning;
  const row = {
    ...UNHEARD_OF,
    id,
    tenantId: tenant.tenantId,
    mode,
    cadenceId,
    version: enrollment.version,
    leadExternalId: lead.externalId,
    round,
    leadName: lead.name,
    leadEmail: lead.email,
    beginning: JSON.stringify(beginning),
    mailboxId: beginning.mailboxId,
    linkedinAccountId: beginning.linkedinAccountId ?? null,
    nextDueAt: enrollment.nextDueAt,
    createdAt: now,
    updatedAt: now,
  } satisfies Record<keyof typeof enrollments.$inferSelect, unknown>;
  const used = sql`coalesce((SELECT u.enrollments FROM plan_usage u WHERE u.tenant_id = ${tenantId} AND u.month = ${month}), 0)`;
  const hasRoom = sql`NOT EXISTS (SELECT 1 FROM tenants t WHERE t.id = ${tenantId} AND t.quota_enrollments <= ${used})`;
  const insert = db
    .insert(enrollments)
    .select(sql`SELECT ${inOrder(enrollments, row)} WHERE ${month === null ? sql`1` : hasRoom}`)
    .onConflictDoNothing({ target: [enrollments.cadenceId, enrollments.leadExternalId, enrollments.round] });
  const first: typeof planUsage.$inferSelect = {
    ...UNUSED,
    tenantId: tenant.tenantId,
    month: month ?? "",
    enrollments: 1,
  };
  const count = db
    .insert(planUsage)
    .select(sql`SELECT ${inOrder(planUsage, first)} FROM enrollments WHERE id = ${id} AND tenant_id = ${tenantId}`)
    .onConflictDoUpdate({
      target: [planUsage.tenantId, planUsage.month],
      set: { enrollments: sql`${planUsage.enrollments} + 1` },
    });
  const read = db
    .select()
    .from(enrollments)
    .where(
      own(
        tenant,
        enrollments,
        eq(enrollments.cadenceId, cadenceId),
        eq(enrollments.leadExternalId, lead.externalId),
        eq(enrollments.round, round),
      ),
    );
  const [, [there]] = month === null ? await db.batch([insert, read]) : await db.batch([insert, read, count]);
  if (there === undefined) return { kind: "quota_reached" };
  return { kind: there.id === id ? "created" : "there", record: toRecord(there) };
}

const UNHEARD_OF = {
  seq: sql`NULL`,
  formerEmails: null,
  taskKind: null,
  taskDueAt: null,
  state: "active",
  exitReason: null,
  phase: "waiting",
  step: 0,
  heldReason: null,
  draftId: null,
  revision: 0,
  thread: null,
  lastMessageAt: null,
  prunedLines: 0,
} as const;
const UNUSED = { drafts: 0, messages: 0, draftsTold: 0, messagesTold: 0, enrollmentsTold: 0 } as const;

/** A row's values in the order of its table's columns, as INSERT … SELECT wants them. */
function inOrder(table: SQLiteTable, row: Readonly<Record<string, unknown>>): SQL {
  return sql.join(
    Object.keys(getTableColumns(table)).map((name) => sql`${row[name]}`),
    sql`, `,
  );
}

/** The last enrollment of a lead in a cadence, by the lead's own id; null when there was none. */
export async function findNewestRound(
  tenant: Tenant,
  cadenceId: string,
  leadExternalId: string,
): Promise<EnrollmentRecord | null> {
  const row = await tenant.db
    .select()
    .from(enrollments)
    .where(
      own(tenant, enrollments, eq(enrollments.cadenceId, cadenceId), eq(enrollments.leadExternalId, leadExternalId)),
    )
    .orderBy(desc(enrollments.round))
    .limit(1)
    .get();
  return row === undefined ? null : toRecord(row);
}

/** The last enrollment in a cadence of whoever has this address (in lower case, its domain in ASCII); null when there was none. */
export async function findEnrolledAddress(
  tenant: Tenant,
  cadenceId: string,
  { email, externalId }: { readonly email: string; readonly externalId: string },
): Promise<EnrollmentRecord | null> {
  const row = await tenant.db
    .select()
    .from(enrollments)
    .where(
      own(
        tenant,
        enrollments,
        sql`lower(${enrollments.leadEmail}) = ${email}`,
        sql`+${enrollments.leadExternalId} <> ${externalId}`,
        sql`+${enrollments.cadenceId} = ${cadenceId}`,
      ),
    )
    .orderBy(desc(enrollments.seq))
    .limit(1)
    .get();
  return row === undefined ? null : toRecord(row);
}

/** The row, or null when this key may not see such a one. */
export async function findEnrollment(tenant: Tenant, id: string): Promise<EnrollmentRecord | null> {
  const row = await tenant.db
    .select()
    .from(enrollments)
    .where(own(tenant, enrollments, eq(enrollments.id, id)))
    .get();
  return row === undefined ? null : toRecord(row);
}

/** Which of the named mailboxes this address was last enrolled with, in any cadence; null when with none. */
export async function lastMailboxOf(tenant: Tenant, email: string, ids: readonly string[]): Promise<string | null> {
  const row = await tenant.db
    .select({ mailboxId: enrollments.mailboxId })
    .from(enrollments)
    .where(
      own(
        tenant,
        enrollments,
        sql`lower(${enrollments.leadEmail}) = lower(${email})`,
        inArray(enrollments.mailboxId, [...ids]),
      ),
    )
    .orderBy(desc(enrollments.seq))
    .limit(1)
    .get();
  return row?.mailboxId ?? null;
}

/** Newest first. */
export async function listEnrollments(
  tenant: Tenant,
  filter: EnrollmentFilter,
  page: Page,
): Promise<EnrollmentRecord[]> {
  const { states = [] } = filter;
  // Each state has its part of the index in order; of several at once every row would have to be sorted.
  const found =
    states.length > 1 && isStateAlone(filter)
      ? await Promise.all(states.map((state) => selectEnrollments(tenant, { ...filter, states: [state] }, page)))
      : [await selectEnrollments(tenant, filter, page)];
  return found
    .flat()
    .sort((left, right) => right.seq - left.seq)
    .slice(0, page.limit + 1)
    .map(toRecord);
}

async function selectEnrollments(tenant: Tenant, filter: EnrollmentFilter, page: Page) {
  return tenant.db
    .select()
    .from(enrollments)
    .where(
      and(
        isOfCadence(filter) ? ownUnindexed(tenant, enrollments) : own(tenant, enrollments),
        stateIs(filter),
        exitReasonIs(filter),
        filter.held === true ? isNotNull(enrollments.heldReason) : undefined,
        filter.cadenceId === undefined ? undefined : eq(enrollments.cadenceId, filter.cadenceId),
        filter.leadExternalId === undefined ? undefined : eq(enrollments.leadExternalId, filter.leadExternalId),
        filter.leadEmail === undefined ? undefined : sql`lower(${enrollments.leadEmail}) = lower(${filter.leadEmail})`,
        page.before === null ? undefined : lt(enrollments.seq, page.before),
      ),
    )
    .orderBy(desc(enrollments.seq))
    .limit(page.limit + 1);
}

/** The rows with these sequence numbers that a filter lets through, newest first. */
export async function pickEnrollments(
  tenant: Tenant,
  seqs: SQL,
  { states = [], exitReason, held, ...ids }: EnrollmentFilter,
  most: number,
): Promise<EnrollmentRecord[]> {
  const rows = await tenant.db
    .select()
    .from(enrollments)
    .where(
      and(
        ownUnindexed(tenant, enrollments),
        sql`${enrollments.seq} IN (${seqs})`,
        states.length === 0 ? undefined : sql`+${enrollments.state} IN ${[...states]}`,
        exitReason === undefined ? undefined : sql`+${enrollments.exitReason} = ${exitReason}`,
        held === true ? sql`+${enrollments.heldReason} IS NOT NULL` : undefined,
        ids.cadenceId === undefined ? undefined : sql`+${enrollments.cadenceId} = ${ids.cadenceId}`,
        ids.leadExternalId === undefined ? undefined : sql`+${enrollments.leadExternalId} = ${ids.leadExternalId}`,
        ids.leadEmail === undefined ? undefined : sql`lower(+${enrollments.leadEmail}) = lower(${ids.leadEmail})`,
      ),
    )
    .orderBy(desc(enrollments.seq))
    .limit(most);
  return rows.map(toRecord);
}

/** Whether the cadence's index finds fewest: an address or a lead's own id finds fewer still. */
function isOfCadence({ cadenceId, leadExternalId, leadEmail }: EnrollmentFilter): boolean {
  return cadenceId !== undefined && leadExternalId === undefined && leadEmail === undefined;
}

/** States are few, so their index is the last resort: the plus keeps SQLite from it where another finds fewer. */
function stateIs(filter: EnrollmentFilter): SQL | undefined {
  const { states = [] } = filter;
  const [only] = states;
  if (only === undefined) return undefined;
  return states.length === 1 && isStateAlone(filter)
    ? sql`${enrollments.state} = ${only}`
    : sql`+${enrollments.state} IN ${[...states]}`;
}

function isStateAlone({ cadenceId, leadExternalId, leadEmail, exitReason, held }: EnrollmentFilter): boolean {
  return [cadenceId, leadExternalId, leadEmail, exitReason].every((other) => other === undefined) && held !== true;
}

function exitReasonIs({ exitReason, cadenceId, leadExternalId, leadEmail }: EnrollmentFilter): SQL | undefined {
  if (exitReason === undefined) return undefined;
  const isAlone = [cadenceId, leadExternalId, leadEmail].every((other) => other === undefined);
  return isAlone ? sql`${enrollments.exitReason} = ${exitReason}` : sql`+${enrollments.exitReason} = ${exitReason}`;
}

/** Far less than objects are kept: whatever is older has begun, and may have ended and been emptied. */
export const BEGINS_WITHIN_MS = 30 * 24 * 3600_000;

/** Whether the object has never told the index anything: then it may not have begun. */
export function isUnheardOf(record: EnrollmentRecord, now: number): boolean {
  return record.revision === 0 && now - record.createdAt < BEGINS_WITHIN_MS;
}

/** A row with what it was begun with as a record. */
export function toRecord({ tenantId: _, ...row }: typeof enrollments.$inferSelect): EnrollmentRecord {
  return { ...row, beginning: JSON.parse(row.beginning) as StoredBeginning };
}

/** The enrollment with this id, of whatever tenant: the caller then proves the token. Null when there is none. */
export async function unsubscribedEnrollment(db: D1Database, id: string): Promise<MatchedEnrollment | null> {
  return db
    .prepare(
      `SELECT e.id, e.tenant_id AS tenantId, e.mode, e.lead_email AS leadEmail, m.email AS mailboxEmail, m.cc, m.bcc
         FROM enrollments e LEFT JOIN mailboxes m ON m.id = e.mailbox_id WHERE e.id = ?1`,
    )
    .bind(id)
    .first<MatchedEnrollment>();
}

/**
 * This tenant's enrollment, if `email` (in lower case) is its lead's address or one that a message of it went to; null
 * otherwise, as for the copies of a message.
 */
export async function leadAmong(
  db: D1Database,
  tenantId: string,
  enrollmentId: string,
  email: string,
): Promise<{ readonly id: string; readonly tenantId: string; readonly mode: Mode } | null> {
  return db
    .prepare(
      `SELECT id, tenant_id AS tenantId, mode FROM enrollments e WHERE id = ?1 AND tenant_id = ?2 AND (lower(lead_email) = ?3
         OR EXISTS (SELECT 1 FROM messages m WHERE m.enrollment_id = e.id AND m.direction = 'out' AND lower(m.to_email) = ?3))`,
    )
    .bind(enrollmentId, tenantId, email)
    .first<{ id: string; tenantId: string; mode: Mode }>();
}

/** The addresses that mails of an enrollment went to; a message on LinkedIn went to none. */
export async function writtenTo(db: D1Database, tenantId: string, enrollmentId: string): Promise<readonly string[]> {
  const { results } = await db
    .prepare(
      "SELECT DISTINCT to_email AS email FROM messages WHERE enrollment_id = ?1 AND tenant_id = ?2 AND direction = 'out' AND to_email IS NOT NULL AND detail ->> 'channel' IS NULL",
    )
    .bind(enrollmentId, tenantId)
    .all<{ email: string }>();
  return results.map(({ email }) => email);
}

/** The lead's address as the index has it; null where there is none. */
export async function leadEmailOf(db: D1Database, tenantId: string, enrollmentId: string): Promise<string | null> {
  const row = await db
    .prepare("SELECT lead_email AS email FROM enrollments WHERE id = ?1 AND tenant_id = ?2")
    .bind(enrollmentId, tenantId)
    .first<{ email: string | null }>();
  return row?.email ?? null;
}

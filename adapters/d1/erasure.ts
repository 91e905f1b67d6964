import type { Mode } from "../../core/enrollment.ts";
import { TABLES } from "./holdings.ts";
import type { PersonsRows } from "./table-holding.ts";

/** Whose data of which modes; `email` as it is compared (adapters/mail/ascii-domain.ts). */
export interface ErasedPerson {
  readonly tenantId: string;
  readonly modes: readonly Mode[];
  readonly email: string;
}

/** An enrollment whose lead has, or had, the address, and all addresses that the index knows of that lead. */
export interface PersonsEnrollment {
  readonly id: string;
  readonly emails: readonly string[];
}

/** Above every revision that an object reaches: no late news changes the row again, and no sweeper begins it anew. */
const LAST_REVISION = Number.MAX_SAFE_INTEGER;

/** The state of a row whose person was erased, as a condition on `enrollments e`. */
export const IS_ERASED = "e.exit_reason = 'erased' AND e.revision = 9007199254740991";

/** Whether the enrollment of this id, an expression of a statement, isn't erased: in the statement itself, so that nothing comes in between. */
export function notErased(id: string): string {
  return `NOT EXISTS (SELECT 1 FROM enrollments e WHERE e.id = ${id} AND ${IS_ERASED})`;
}

/** The same as columns of such a row. */
export const ERASED_ROW = {
  state: "exited",
  exit_reason: "erased",
  phase: "finished",
  held_reason: null,
  draft_id: null,
  next_due_at: null,
  task_kind: null,
  task_due_at: null,
  revision: LAST_REVISION,
} as const;

/** Which of these enrollments of the tenant are erased. */
export async function erasedEnrollments(
  db: D1Database,
  tenantId: string,
  ids: readonly string[],
): Promise<readonly string[]> {
  const { results } = await db
    .prepare(
      `SELECT e.id FROM json_each(?2) n CROSS JOIN enrollments e ON e.id = n.value WHERE e.tenant_id = ?1 AND ${IS_ERASED}`,
    )
    .bind(tenantId, JSON.stringify(ids))
    .all<{ id: string }>();
  return results.map(({ id }) => id);
}

/** The person's enrollments, also those that were found before and not erased to the end. */
export async function enrollmentsOf(
  db: D1Database,
  { tenantId, modes, email }: ErasedPerson,
): Promise<readonly PersonsEnrollment[]> {
  const { results } = await db
    .prepare(
      `SELECT id, lead_email AS leadEmail, former_emails AS formerEmails FROM enrollments
         WHERE tenant_id = ?1 AND mode IN (SELECT value FROM json_each(?2)) AND lower(lead_email) = ?3
       UNION
       SELECT id, lead_email, former_emails FROM enrollments
         WHERE tenant_id = ?1 AND mode IN (SELECT value FROM json_each(?2)) AND former_emails IS NOT NULL
           AND EXISTS (SELECT 1 FROM json_each(former_emails) f WHERE lower(f.value) = ?3)`,
    )
    .bind(tenantId, JSON.stringify(modes), email)
    .all<{ id: string; leadEmail: string | null; formerEmails: string | null }>();
  return results.map(({ id, leadEmail, formerEmails }) => ({
    id,
    emails: [...(leadEmail === null ? [] : [leadEmail]), ...(JSON.parse(formerEmails ?? "[]") as readonly string[])],
  }));
}

/** They are over, and what comes late for them is written nowhere. Whose they were still stands there, so that an erasure that was cut off finds them again. */
export async function beginErasing(
  db: D1Database,
  tenantId: string,
  ids: readonly string[],
  now: number,
): Promise<void> {
  await db
    .prepare(
      `UPDATE enrollments SET state = 'exited', exit_reason = 'erased', phase = 'finished', held_reason = NULL, draft_id = NULL,
         next_due_at = NULL, task_kind = NULL, task_due_at = NULL, revision = ?4, updated_at = ?3 WHERE tenant_id = ?1 AND id IN (SELECT value FROM json_each(?2))`,
    )
    .bind(tenantId, JSON.stringify(ids), now, LAST_REVISION)
    .run();
}

/** What was done to the rows of one table. */
export type ErasedRows = Readonly<Record<string, number>>;

/** Takes what is personal out of every table that holds rows by enrollment. The last step: after it nobody finds them by the address. */
export async function finishErasing(db: D1Database, tenantId: string, ids: readonly string[]): Promise<ErasedRows> {
  const tables = Object.entries(TABLES).flatMap(([name, { person }]) =>
    person?.by === "enrollment" ? [{ name, person }] : [],
  );
  // The index last, in one transaction with the rest.
  tables.sort((left, right) => Number(left.name === "enrollments") - Number(right.name === "enrollments"));
  const done = await db.batch(tables.map(({ name, person }) => eraseStatement(db, tenantId, ids, name, person)));
  return Object.fromEntries(tables.map(({ name }, n) => [name, done[n]?.meta.changes ?? 0]));
}

function eraseStatement(
  db: D1Database,
  tenantId: string,
  ids: readonly string[],
  table: string,
  { column, leaves }: Extract<PersonsRows, { by: "enrollment" }>,
): D1PreparedStatement {
  const what =
    leaves === "nothing"
      ? `DELETE FROM ${table}`
      : `UPDATE ${table} SET ${Object.entries(leaves)
          .map(([left, value]) => `${left} = ${value}`)
          .join(", ")}`;
  return db
    .prepare(`${what} WHERE tenant_id = ?1 AND ${column} IN (SELECT value FROM json_each(?2))`)
    .bind(tenantId, JSON.stringify(ids));
}

/** A mail of the person, or about one of their enrollments. */
export interface PersonsMail {
  readonly id: string;
  readonly rawKey: string;
}

/**
 * Mails from the person, those that belong to their enrollments (as a suggestion too), and those that nobody could place and
 * that name them. At most `max`.
 */
export async function mailsOf(
  db: D1Database,
  { tenantId, modes, email }: ErasedPerson,
  enrollmentIds: readonly string[],
  max: number,
): Promise<readonly PersonsMail[]> {
  const { results } = await db
    .prepare(
      `SELECT id, raw_key AS rawKey FROM inbound_mail WHERE tenant_id = ?1 AND mode IN (SELECT value FROM json_each(?2))
         AND (lower(from_email) = ?3 OR lower(envelope_from) = ?3 OR enrollment_id IN (SELECT value FROM json_each(?4))
           OR (status = 'unmatched' AND enrollment_id IS NULL AND instr(lower(reply), ?3) > 0)) LIMIT ?5`,
    )
    .bind(tenantId, JSON.stringify(modes), email, JSON.stringify(enrollmentIds), max)
    .all<PersonsMail>();
  return results;
}

/** The keys of the exchanges by which endpoints were told of mails that nobody could place; `noticeIds` are those notices'. */
export async function noticeBodies(
  db: D1Database,
  tenantId: string,
  noticeIds: readonly string[],
): Promise<readonly string[]> {
  const { results } = await db
    .prepare(
      "SELECT body_key AS key FROM journal WHERE tenant_id = ?1 AND kind = 'exchange' AND subject_id IN (SELECT value FROM json_each(?2)) AND body_key IS NOT NULL",
    )
    .bind(tenantId, JSON.stringify(noticeIds))
    .all<{ key: string }>();
  return results.map(({ key }) => key);
}

/** Deletes the rows of mails, and of the notices that told of them. Their bytes must be gone before. */
export async function deleteMails(
  db: D1Database,
  tenantId: string,
  ids: readonly string[],
  noticeIds: readonly string[],
): Promise<void> {
  await db.batch([
    db
      .prepare(
        "DELETE FROM journal WHERE tenant_id = ?1 AND kind = 'exchange' AND subject_id IN (SELECT value FROM json_each(?2))",
      )
      .bind(tenantId, JSON.stringify(noticeIds)),
    db
      .prepare("DELETE FROM inbound_mail WHERE tenant_id = ?1 AND id IN (SELECT value FROM json_each(?2))")
      .bind(tenantId, JSON.stringify(ids)),
  ]);
}

/**
 * What stands under the address itself: suppressions (the tombstone takes their place), test mail, a provider's reports about
 * this tenant's mail, answers that are kept for repeats and name the address or one of the enrollments, and what the audit log
 * says of them: of its rows who did what and when stays, and what it was is taken out. `now` in milliseconds.
 */
export async function forgetAddress(
  db: D1Database,
  { tenantId, modes, email }: ErasedPerson,
  enrollmentIds: readonly string[],
  now: number,
): Promise<ErasedRows> {
  const whose = [tenantId, JSON.stringify(modes), email] as const;
  const [suppressions, sandboxMail] = await db.batch([
    db
      .prepare(
        "DELETE FROM suppressions WHERE tenant_id = ?1 AND mode IN (SELECT value FROM json_each(?2)) AND scope = 'address' AND (value = ?3 OR enrollment_id IN (SELECT value FROM json_each(?4)))",
      )
      .bind(...whose, JSON.stringify(enrollmentIds)),
    db
      .prepare(
        `DELETE FROM sandbox_mail WHERE tenant_id = ?1 AND lower(to_email) = ?3
           AND enrollment_id IN (SELECT id FROM enrollments WHERE tenant_id = ?1 AND mode IN (SELECT value FROM json_each(?2)))`,
      )
      .bind(...whose),
    db
      .prepare(
        `DELETE FROM idempotency_keys WHERE tenant_id = ?1 AND substr(route, 1, instr(route, ' ') - 1) IN (SELECT value FROM json_each(?2))
           AND (instr(lower(response), ?3) > 0 OR instr(lower(key), ?3) > 0
             OR EXISTS (SELECT 1 FROM json_each(?4) id WHERE instr(response, id.value) > 0))`,
      )
      .bind(...whose, JSON.stringify(enrollmentIds)),
    db
      .prepare(
        "DELETE FROM delivery_reports WHERE recipient = ?2 AND sender IN (SELECT lower(email) FROM mailboxes WHERE tenant_id = ?1)",
      )
      .bind(tenantId, email),
    db.prepare(REDACT_ACTS).bind(...whose, JSON.stringify(enrollmentIds.map(stemOf)), now),
  ]);
  return { suppressions: suppressions?.meta.changes ?? 0, sandbox_mail: sandboxMail?.meta.changes ?? 0 };
}

/** The part that an enrollment's id shares with those of its drafts and messages. */
function stemOf(enrollmentId: string): string {
  return enrollmentId.slice("enr_".length);
}

/** By what they are about, who held the link, or the address anywhere in them. D1 lets a row be redacted once (migration 0011). */
const REDACT_ACTS = `
  UPDATE audit_log SET before = NULL, after = NULL, redacted_at = ?5,
    from_address = iif(actor_kind = 'link', NULL, from_address), user_agent = iif(actor_kind = 'link', NULL, user_agent)
  WHERE tenant_id = ?1 AND mode IN (SELECT value FROM json_each(?2)) AND redacted_at IS NULL
    AND (instr(lower(coalesce(before, '') || coalesce(after, '')), ?3) > 0
      OR EXISTS (SELECT 1 FROM json_each(?4) stem WHERE instr(coalesce(target_id, ''), stem.value) > 0
        OR (actor_kind = 'link' AND instr(actor_id, stem.value) > 0) OR instr(coalesce(after, ''), stem.value) > 0))`;

/** An enrollment that a batch of the log spoke of, with the hashes of its lead's addresses. */
export interface SpokenOf {
  readonly id: string;
  readonly tenantId: string;
  readonly mode: Mode;
  readonly hashes: readonly string[];
}

/** Which of them are erased, or are of a person who was: what the batch brought of them has to go again. */
export async function erasedOf(
  db: D1Database,
  enrollments: readonly SpokenOf[],
): Promise<readonly { readonly id: string; readonly tenantId: string }[]> {
  const { results } = await db
    .prepare(
      `SELECT n.value ->> 'id' AS id, n.value ->> 'tenantId' AS tenantId FROM json_each(?1) n
       WHERE EXISTS (SELECT 1 FROM enrollments e WHERE e.id = n.value ->> 'id' AND ${IS_ERASED})
         OR EXISTS (SELECT 1 FROM tombstones t WHERE t.tenant_id = n.value ->> 'tenantId' AND t.mode = n.value ->> 'mode'
              AND t.hash IN (SELECT value FROM json_each(n.value -> 'hashes')))`,
    )
    .bind(JSON.stringify(enrollments))
    .all<{ id: string; tenantId: string }>();
  return results;
}

import type { DeliveryEvent } from "../../core/mail/delivery-event.ts";
import type { Rival, TakenReport } from "../../core/mail/settle-doubts.ts";

/** One event of a provider's feed about one message to one recipient. Addresses in lower case, `at` in milliseconds. */
export interface DeliveryReport {
  readonly id: string;
  readonly provider: "cloudflare";
  readonly messageId: string;
  readonly sender: string;
  readonly recipient: string;
  readonly subject: string;
  /** The feed's own word: `delivered`, `deferred`, `bounced`, `complained`, `failed`, `rejected`. */
  readonly status: string;
  readonly at: number;
  /** The same for the enrollment; null where its status says nothing to it. */
  readonly event: DeliveryEvent | null;
}

/** A report that its enrollment hasn't heard yet. */
export interface WaitingReport {
  readonly id: string;
  readonly tenantId: string;
  readonly enrollmentId: string;
  readonly event: DeliveryEvent;
}

/** An enrollment of which nobody knew whether its message was taken, by a sender whose provider reports. */
export interface DoubtfulEnrollment {
  readonly id: string;
  readonly tenantId: string;
  readonly sender: string;
  readonly recipient: string;
}

/** Words that say that the provider had taken the message, whatever became of it afterwards. */
const TAKEN = "('delivered', 'deferred', 'bounced', 'complained')";

/** Keeps what a feed said; what comes twice is one row. */
export async function keepReports(db: D1Database, reports: readonly DeliveryReport[]): Promise<void> {
  await db
    .prepare(
      `INSERT INTO delivery_reports (id, provider, message_id, sender, recipient, subject, status, at, event)
         SELECT value ->> 'id', value ->> 'provider', value ->> 'messageId', value ->> 'sender', value ->> 'recipient', value ->> 'subject', value ->> 'status', value ->> 'at', nullif(value -> 'event', 'null')
         FROM json_each(?1) WHERE true ON CONFLICT (id) DO NOTHING`,
    )
    .bind(JSON.stringify(reports))
    .run();
}

/** Who had a doubtful send since `since`, in the order of their ids from after `afterId` on, at most `max` of them. */
export async function doubtfulEnrollments(
  db: D1Database,
  since: number,
  afterId: string,
  max: number,
): Promise<readonly DoubtfulEnrollment[]> {
  const { results } = await db
    .prepare(
      `SELECT DISTINCT e.id, e.tenant_id AS tenantId, lower(m.email) AS sender, lower(e.lead_email) AS recipient
         FROM journal j JOIN enrollments e ON e.id = j.enrollment_id JOIN mailboxes m ON m.id = e.mailbox_id
       WHERE j.what = 'send_doubtful' AND j.at > ?1 AND m.provider = 'cloudflare' AND e.lead_email IS NOT NULL AND e.id > ?2
       ORDER BY e.id LIMIT ?3`,
    )
    .bind(since, afterId, max)
    .all<DoubtfulEnrollment>();
  return results;
}

/** All enrollments of one tenant to one recipient, of both modes, with how many lines of theirs the log has, or had; at most `max`. */
export async function enrollmentsTo(
  db: D1Database,
  tenantId: string,
  recipient: string,
  max: number,
): Promise<readonly { readonly id: string; readonly lines: number }[]> {
  const { results } = await db
    .prepare(
      `SELECT e.id, e.pruned_lines + (SELECT count(*) FROM journal j WHERE j.enrollment_id = e.id AND j.entry > 0) AS lines FROM enrollments e
       WHERE e.tenant_id = ?1 AND e.mode IN ('live', 'sandbox') AND lower(e.lead_email) = ?2 ORDER BY e.seq DESC LIMIT ?3`,
    )
    .bind(tenantId, recipient, max)
    .all<{ id: string; lines: number }>();
  return results;
}

/** Whether somebody else of this installation sends by the same address: then a report may be about a message of theirs. */
export async function isSharedSender(db: D1Database, sender: string, tenantId: string): Promise<boolean> {
  const row = await db
    .prepare("SELECT 1 FROM mailboxes WHERE lower(email) = ?1 AND tenant_id <> ?2 AND provider = 'cloudflare' LIMIT 1")
    .bind(sender, tenantId)
    .first();
  return row !== null;
}

/** What was reported as taken, of one sender to one recipient, between two times. */
export async function takenReports(
  db: D1Database,
  sender: string,
  recipient: string,
  from: number,
  to: number,
): Promise<readonly TakenReport[]> {
  const { results } = await db
    .prepare(
      `SELECT message_id AS messageId, subject, at FROM delivery_reports
       WHERE recipient = ?1 AND sender = ?2 AND at BETWEEN ?3 AND ?4 AND status IN ${TAKEN} ORDER BY at LIMIT 200`,
    )
    .bind(recipient, sender, from, to)
    .all<TakenReport>();
  return results;
}

/** The messages to one address that count as sent: the provider's ids where they are known, and as rivals where they aren't. */
export async function sentTo(
  db: D1Database,
  tenantId: string,
  recipient: string,
  since: number,
): Promise<{ readonly known: ReadonlySet<string>; readonly rivals: readonly Rival[] }> {
  const { results } = await db
    .prepare(
      `SELECT m.detail ->> 'providerMessageId' AS id, m.subject, m.at FROM enrollments e JOIN messages m ON m.enrollment_id = e.id
       WHERE e.tenant_id = ?1 AND e.mode IN ('live', 'sandbox') AND lower(e.lead_email) = ?2 AND m.direction = 'out' AND m.at > ?3`,
    )
    .bind(tenantId, recipient, since)
    .all<{ id: string | null; subject: string | null; at: number }>();
  return {
    known: new Set(results.flatMap(({ id }) => id ?? [])),
    rivals: results.flatMap(({ id, subject, at }) => (id === null ? [{ subject, at }] : [])),
  };
}

/** Reports since `since` about messages that are in the log by now, newest first, at most `max`; of these `ids`, or of all. */
export async function waitingReports(
  db: D1Database,
  since: number,
  max: number,
  ids: readonly string[] | null,
): Promise<readonly WaitingReport[]> {
  const from = ids === null ? "delivery_reports r" : "json_each(?3) i CROSS JOIN delivery_reports r ON r.id = i.value";
  // CROSS JOIN: from the few reports to their messages, and not over all messages to the few that were reported.
  // `+`: the index is of JSON's text, which has no affinity; compared with a column that has one it wouldn't be used.
  const { results } = await db
    .prepare(
      `SELECT r.id, e.tenant_id AS tenantId, e.id AS enrollmentId, r.event
         FROM ${from} CROSS JOIN messages m ON m.detail ->> 'providerMessageId' = +r.message_id AND m.direction = 'out' AND lower(m.to_email) = r.recipient
         CROSS JOIN enrollments e ON e.id = m.enrollment_id
         CROSS JOIN mailboxes b ON b.tenant_id = e.tenant_id AND b.mode = e.mode AND b.provider = 'cloudflare' AND lower(b.email) = r.sender
       WHERE r.handed_over = 0 AND r.at > ?1 AND r.event IS NOT NULL ORDER BY r.at DESC LIMIT ?2`,
    )
    .bind(since, max, ...(ids === null ? [] : [JSON.stringify(ids)]))
    .all<{ id: string; tenantId: string; enrollmentId: string; event: string }>();
  return results.map((row) => ({ ...row, event: JSON.parse(row.event) as DeliveryEvent }));
}

/** They have been heard. */
export async function markHandedOver(db: D1Database, ids: readonly string[]): Promise<void> {
  await db
    .prepare("UPDATE delivery_reports SET handed_over = 1 WHERE id IN (SELECT value FROM json_each(?1))")
    .bind(JSON.stringify(ids))
    .run();
}

/** Reports older than this settle nothing any more. */
export async function forgetReports(db: D1Database, before: number): Promise<void> {
  await db.prepare("DELETE FROM delivery_reports WHERE at < ?1").bind(before).run();
}

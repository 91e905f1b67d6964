import { JUDGED_MESSAGES, type SendingRecord } from "../../core/mail/reputation.ts";
import { actOfChange, systemAct } from "./audit-log.ts";

/** A mailbox whose messages came back or were complained about. */
export interface JudgedMailbox {
  readonly tenantId: string;
  readonly mailboxId: string;
}

/** One lead's word on one mailbox. */
export interface MailboxOutcome extends JudgedMailbox {
  readonly enrollmentId: string;
  readonly kind: "bounced" | "complained";
  readonly at: number;
}

/** Keeps what leads said of mailboxes; said twice, it is one row, with the time of the first. */
export function keepOutcomes(db: D1Database, outcomes: readonly MailboxOutcome[]): D1PreparedStatement {
  return db
    .prepare(
      `INSERT INTO mailbox_outcomes (mailbox_id, enrollment_id, kind, tenant_id, at)
         SELECT value ->> 'mailboxId', value ->> 'enrollmentId', value ->> 'kind', value ->> 'tenantId', value ->> 'at'
         FROM json_each(?1) WHERE true ON CONFLICT DO NOTHING`,
    )
    .bind(JSON.stringify(outcomes));
}

/** What became of a mailbox's last messages since it was last resumed. */
export async function readSendingRecord(
  db: D1Database,
  { tenantId, mailboxId }: JudgedMailbox,
): Promise<SendingRecord> {
  const row = await db
    .prepare(
      `WITH box AS (SELECT judged_from FROM mailboxes WHERE id = ?1 AND tenant_id = ?2),
         sent AS (SELECT at, enrollment_id FROM messages WHERE mailbox_id = ?1 AND tenant_id = ?2 AND direction = 'out' AND at >= (SELECT judged_from FROM box) ORDER BY at DESC LIMIT ?3),
         said AS (SELECT kind FROM mailbox_outcomes WHERE mailbox_id = ?1 AND tenant_id = ?2 AND at >= (SELECT min(at) FROM sent) AND enrollment_id IN (SELECT enrollment_id FROM sent))
       SELECT (SELECT count(*) FROM sent) AS sent,
         (SELECT count(*) FROM said WHERE kind = 'bounced') AS bounced,
         (SELECT count(*) FROM said WHERE kind = 'complained') AS complained`,
    )
    .bind(mailboxId, tenantId, JUDGED_MESSAGES)
    .first<SendingRecord>();
  return row ?? { sent: 0, bounced: 0, complained: 0 };
}

/** Stops a live mailbox, with the reason that its owner will read, and says so in the audit log. False when it was off already. */
export async function pauseMailbox(
  db: D1Database,
  { tenantId, mailboxId }: JudgedMailbox,
  reason: string,
  now: number,
): Promise<boolean> {
  const off = db
    .prepare(
      "UPDATE mailboxes SET enabled = 0, paused_reason = ?3, updated_at = ?4 WHERE id = ?1 AND tenant_id = ?2 AND enabled = 1",
    )
    .bind(mailboxId, tenantId, reason, now);
  const act = systemAct("spam_guard", "mailbox.pause", { kind: "mailbox", id: mailboxId });
  const before = { enabled: true, pausedReason: null };
  const after = { enabled: false, pausedReason: reason };
  const [done] = await db.batch([off, actOfChange(db, { ...act, tenantId, mode: "live", at: now, before, after })]);
  return (done?.meta.changes ?? 0) > 0;
}

/** Mailboxes of which leads have said something since `since` (ms), and that send. */
export async function mailboxesSpokenOf(db: D1Database, since: number): Promise<readonly JudgedMailbox[]> {
  const { results } = await db
    .prepare(
      `SELECT DISTINCT o.mailbox_id AS mailboxId, o.tenant_id AS tenantId FROM mailbox_outcomes o
         JOIN mailboxes m ON m.id = o.mailbox_id AND m.tenant_id = o.tenant_id AND m.enabled = 1 WHERE o.at > ?1`,
    )
    .bind(since)
    .all<JudgedMailbox>();
  return results;
}

/** Forgets what is older than any message that a mailbox is judged by is likely to be. */
export async function forgetOutcomes(db: D1Database, before: number): Promise<void> {
  await db.prepare("DELETE FROM mailbox_outcomes WHERE at < ?1").bind(before).run();
}

import type { Mode } from "../../core/enrollment.ts";

/** The enrollment that a mail's hint leads to. */
export interface MatchedEnrollment {
  readonly id: string;
  readonly tenantId: string;
  readonly mode: Mode;
  readonly mailboxEmail: string | null;
}

/** A row of `inbound_mail`; times in milliseconds. */
export interface InboundRow {
  readonly id: string;
  readonly tenantId: string | null;
  readonly mode: Mode;
  readonly at: number;
  readonly envelopeFrom: string;
  readonly envelopeTo: string;
  readonly fromEmail: string | null;
  readonly subject: string;
  readonly messageId: string | null;
  readonly status: "matched" | "unmatched";
  /** For an unmatched mail only a suggestion. */
  readonly enrollmentId: string | null;
  readonly reason: string | null;
  readonly kind: string;
  readonly excerpt: string;
  readonly sizeBytes: number;
  readonly rawKey: string;
  readonly reply: string;
}

const ENROLLMENT = `SELECT e.id, e.tenant_id AS tenantId, e.mode, m.email AS mailboxEmail FROM enrollments e LEFT JOIN mailboxes m ON m.id = e.mailbox_id`;

/** The enrollment with this id, of whatever tenant: the caller then proves the token against that tenant. */
export async function enrollmentById(db: D1Database, id: string): Promise<MatchedEnrollment | null> {
  return db.prepare(`${ENROLLMENT} WHERE e.id = ?1`).bind(id).first<MatchedEnrollment>();
}

/** The enrollment that sent the message with this wire id, where there is exactly one. */
export async function enrollmentByMessageId(db: D1Database, messageId: string): Promise<MatchedEnrollment | null> {
  const found = await db
    .prepare(
      `${ENROLLMENT} JOIN messages g ON g.enrollment_id = e.id WHERE g.message_id = ?1 AND g.direction = 'out' LIMIT 2`,
    )
    .bind(messageId)
    .all<MatchedEnrollment>();
  return found.results.length === 1 ? (found.results[0] ?? null) : null;
}

/** Whose mailbox has one of these addresses, where it is one tenant's only. */
export async function ownerOfAddresses(
  db: D1Database,
  emails: readonly string[],
  replyDomains: readonly string[],
): Promise<{ readonly tenantId: string; readonly mode: Mode } | null> {
  const { results } = await db
    .prepare(
      `SELECT DISTINCT tenant_id AS tenantId, mode FROM mailboxes
       WHERE lower(email) IN (SELECT value FROM json_each(?1)) OR lower(reply_domain) IN (SELECT value FROM json_each(?2)) LIMIT 2`,
    )
    .bind(JSON.stringify(emails), JSON.stringify(replyDomains))
    .all<{ tenantId: string; mode: Mode }>();
  return results.length === 1 ? (results[0] ?? null) : null;
}

/** Keeps one mail; the same one again changes nothing. */
export async function keepInbound(db: D1Database, row: InboundRow): Promise<void> {
  await db
    .prepare(
      `INSERT INTO inbound_mail (id, tenant_id, mode, at, envelope_from, envelope_to, from_email, subject, message_id, status, enrollment_id, reason, kind, excerpt, size_bytes, raw_key, reply)
       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17) ON CONFLICT (id) DO NOTHING`,
    )
    .bind(
      row.id,
      row.tenantId,
      row.mode,
      row.at,
      row.envelopeFrom,
      row.envelopeTo,
      row.fromEmail,
      row.subject,
      row.messageId,
      row.status,
      row.enrollmentId,
      row.reason,
      row.kind,
      row.excerpt,
      row.sizeBytes,
      row.rawKey,
      row.reply,
    )
    .run();
}

/** The enrollment is gone from its object: the mail waits for a person. */
export async function markUnmatched(db: D1Database, id: string, reason: string): Promise<void> {
  await db
    .prepare("UPDATE inbound_mail SET status = 'unmatched', reason = ?2 WHERE id = ?1 AND status = 'matched'")
    .bind(id, reason)
    .run();
}

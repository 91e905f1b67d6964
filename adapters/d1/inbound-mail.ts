import type { Mode } from "../../core/enrollment.ts";
import type { InboundReply } from "../../core/events.ts";

/** The enrollment that a mail's hint leads to. */
export interface MatchedEnrollment {
  readonly id: string;
  readonly tenantId: string;
  readonly mode: Mode;
  readonly mailboxEmail: string | null;
  /** Who gets a copy of every message; null for nobody. */
  readonly cc: string | null;
  readonly bcc: string | null;
  /** The lead's address as it is now; null for a lead without one. */
  readonly leadEmail: string | null;
}

/** A message of ours that a mail names. */
export interface MatchedMessage {
  readonly enrollment: MatchedEnrollment;
  /** The address that it went to. */
  readonly sentTo: string | null;
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
  /** 0 for a mail that is still to be handed to its enrollment. */
  readonly handedOver: 0 | 1;
}

/** What the hints of one mail lead to; a message id that leads to more than one enrollment leads nowhere. */
export interface HintedEnrollments {
  readonly byId: ReadonlyMap<string, MatchedEnrollment>;
  readonly byMessageId: ReadonlyMap<string, MatchedMessage>;
}

const COLUMNS =
  "e.id, e.tenant_id AS tenantId, e.mode, m.email AS mailboxEmail, m.cc, m.bcc, e.lead_email AS leadEmail";
const MAILBOX = "LEFT JOIN mailboxes m ON m.id = e.mailbox_id";
const BY_HINTS = `
  SELECT 'id' AS kind, hint.value AS hint, NULL AS sentTo, ${COLUMNS}
    FROM json_each(?1) hint JOIN enrollments e ON e.id = hint.value ${MAILBOX}
  UNION ALL
  SELECT 'message_id' AS kind, hint.value AS hint, min(g.to_email) AS sentTo, ${COLUMNS}
    FROM json_each(?2) hint JOIN messages g ON g.message_id = hint.value AND g.direction = 'out'
      JOIN enrollments e ON e.id = g.enrollment_id ${MAILBOX}
    GROUP BY hint.value, e.id
  LIMIT 200`;

/**
 * The enrollments with these ids, of whatever tenant (the caller then proves the token against that tenant), and those
 * that sent the messages with these wire ids. One question, however many hints there are.
 */
export async function enrollmentsByHints(
  db: D1Database,
  ids: readonly string[],
  messageIds: readonly string[],
): Promise<HintedEnrollments> {
  const { results } = await db.prepare(BY_HINTS).bind(JSON.stringify(ids), JSON.stringify(messageIds)).all<
    MatchedEnrollment & {
      readonly kind: "id" | "message_id";
      readonly hint: string;
      readonly sentTo: string | null;
    }
  >();
  const found = results.map(({ kind, hint, sentTo, ...enrollment }) => ({
    kind,
    hint,
    message: { enrollment, sentTo },
  }));
  const byMessage = found.filter(({ kind }) => kind === "message_id");
  const isOnly = (hint: string) => byMessage.filter((row) => row.hint === hint).length === 1;
  return {
    byId: new Map(found.flatMap(({ kind, hint, message }) => (kind === "id" ? [[hint, message.enrollment]] : []))),
    byMessageId: new Map(byMessage.flatMap(({ hint, message }) => (isOnly(hint) ? [[hint, message]] : []))),
  };
}

/** A tenant whose mail something may be. Live where it has both. */
export interface MailOwner {
  readonly tenantId: string;
  readonly mode: Mode;
}

/**
 * The tenants with a mailbox at one of these addresses or with one of these reply domains (both in lower case), two at
 * most. None of it is proven, so where there are two it is nobody's.
 */
export async function claimants(
  db: D1Database,
  emails: readonly string[],
  domains: readonly string[],
): Promise<readonly MailOwner[]> {
  const { results } = await db
    .prepare(
      `SELECT tenant_id AS tenantId, iif(max(mode = 'live'), 'live', 'sandbox') AS mode FROM (
         SELECT tenant_id, mode FROM mailboxes WHERE lower(email) IN (SELECT value FROM json_each(?1))
         UNION SELECT tenant_id, mode FROM mailboxes WHERE reply_domain IN (SELECT value FROM json_each(?2))
       ) GROUP BY tenant_id LIMIT 2`,
    )
    .bind(JSON.stringify(emails), JSON.stringify(domains))
    .all<MailOwner>();
  return results;
}

/** Whether a tenant, and whether any other one, has a mailbox at this address or with this reply domain (both in lower case). */
export async function claimsOf(
  db: D1Database,
  email: string,
  domain: string,
  tenantId: string,
): Promise<{ readonly byTenant: boolean; readonly byOthers: boolean }> {
  const row = await db
    .prepare(
      `SELECT coalesce(max(tenant_id = ?3), 0) AS byTenant, coalesce(max(tenant_id <> ?3), 0) AS byOthers FROM (
         SELECT tenant_id FROM mailboxes WHERE lower(email) = ?1 UNION SELECT tenant_id FROM mailboxes WHERE reply_domain = ?2
       )`,
    )
    .bind(email, domain, tenantId)
    .first<{ byTenant: number; byOthers: number }>();
  return { byTenant: row?.byTenant === 1, byOthers: row?.byOthers === 1 };
}

/** (`+` keeps D1 from walking all enrollments in their order instead of looking the address up.) The newest enrollment of this tenant with one of these leads, sent to from one of these mailboxes (addresses in lower case). */
export async function latestEnrollmentOf(
  db: D1Database,
  { tenantId, mode }: MailOwner,
  leads: readonly string[],
  mailboxEmails: readonly string[],
): Promise<MatchedEnrollment | null> {
  return db
    .prepare(
      `SELECT ${COLUMNS} FROM enrollments e JOIN mailboxes m ON m.id = e.mailbox_id
       WHERE e.tenant_id = ?1 AND e.mode = ?2 AND lower(e.lead_email) IN (SELECT value FROM json_each(?3))
         AND lower(m.email) IN (SELECT value FROM json_each(?4)) ORDER BY +e.seq DESC LIMIT 1`,
    )
    .bind(tenantId, mode, JSON.stringify(leads), JSON.stringify(mailboxEmails))
    .first<MatchedEnrollment>();
}

/** The tenant of an installation that has no other; null where there are several. Live, unless it only tries things out. */
export async function onlyTenant(db: D1Database): Promise<MailOwner | null> {
  const { results } = await db
    .prepare(
      `SELECT t.id AS tenantId, iif(EXISTS (SELECT 1 FROM mailboxes m WHERE m.tenant_id = t.id AND m.mode = 'sandbox')
         AND NOT EXISTS (SELECT 1 FROM mailboxes m WHERE m.tenant_id = t.id AND m.mode = 'live'), 'sandbox', 'live') AS mode
       FROM tenants t LIMIT 2`,
    )
    .all<MailOwner>();
  return results.length === 1 ? (results[0] ?? null) : null;
}

/**
 * Whether this mail's being unmatched is still to be told: it isn't stored as that (a mail brought again is no news), and
 * fewer than `toldMax` of the tenant's are since `since` (ms).
 */
export async function isUnmatchedNews(
  db: D1Database,
  mail: { readonly id: string; readonly tenantId: string },
  since: number,
  toldMax: number,
): Promise<boolean> {
  const row = await db
    .prepare(
      `SELECT (SELECT status FROM inbound_mail WHERE id = ?1) AS status,
         (SELECT count(*) FROM (SELECT at FROM inbound_mail WHERE tenant_id = ?2 AND status = 'unmatched' ORDER BY seq DESC LIMIT ?4) WHERE at > ?3) AS recent`,
    )
    .bind(mail.id, mail.tenantId, since, toldMax)
    .first<{ status: InboundRow["status"] | "attached" | null; recent: number }>();
  return (row?.status ?? "matched") === "matched" && (row?.recent ?? 0) < toldMax;
}

/** Keeps one mail; the same one again changes nothing. */
export async function keepInbound(db: D1Database, row: InboundRow): Promise<void> {
  await db
    .prepare(
      `INSERT INTO inbound_mail (id, tenant_id, mode, at, envelope_from, envelope_to, from_email, subject, message_id, status, enrollment_id, reason, kind, excerpt, size_bytes, raw_key, reply, handed_over)
       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18) ON CONFLICT (id) DO NOTHING`,
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
      row.handedOver,
    )
    .run();
}

/** Its enrollment has it. */
export async function markInboundHandedOver(db: D1Database, tenantId: string, id: string): Promise<void> {
  await db.prepare("UPDATE inbound_mail SET handed_over = 1 WHERE id = ?1 AND tenant_id = ?2").bind(id, tenantId).run();
}

/** A mail whose enrollment is known and hasn't got it. */
export interface WaitingInbound {
  readonly id: string;
  readonly enrollment: { readonly id: string; readonly tenantId: string; readonly mode: Mode };
  readonly reply: InboundReply;
  readonly row: InboundRow;
}

/** Mails from before `before` (ms) that their enrollments don't have yet, oldest first, at most `max`. */
export async function waitingInbound(db: D1Database, before: number, max: number): Promise<readonly WaitingInbound[]> {
  const { results } = await db
    .prepare(
      `SELECT id, tenant_id AS tenantId, mode, at, envelope_from AS envelopeFrom, envelope_to AS envelopeTo, from_email AS fromEmail, coalesce(subject, '') AS subject, message_id AS messageId, status, enrollment_id AS enrollmentId, reason, kind, coalesce(excerpt, '') AS excerpt, size_bytes AS sizeBytes, raw_key AS rawKey, reply, handed_over AS handedOver
       FROM inbound_mail WHERE handed_over = 0 AND at < ?1 ORDER BY at LIMIT ?2`,
    )
    .bind(before, max)
    .all<InboundRow>();
  return results.flatMap((row) => {
    const { id, tenantId, mode, enrollmentId, reply } = row;
    if (tenantId === null || enrollmentId === null) return [];
    const parsed = replyOf(reply);
    return parsed === null ? [] : [{ id, enrollment: { id: enrollmentId, tenantId, mode }, reply: parsed, row }];
  });
}

/** One that can't be read holds up no other. */
function replyOf(json: string): InboundReply | null {
  try {
    return JSON.parse(json) as InboundReply;
  } catch {
    console.error("a stored reply can't be read; it waits for a person");
    return null;
  }
}

/** The enrollment is gone from its object: the mail waits for a person. */
export async function markUnmatched(db: D1Database, tenantId: string, id: string, reason: string): Promise<void> {
  await db
    .prepare(
      "UPDATE inbound_mail SET status = 'unmatched', reason = ?3, handed_over = 1 WHERE id = ?1 AND tenant_id = ?2 AND status <> 'unmatched'",
    )
    .bind(id, tenantId, reason)
    .run();
}

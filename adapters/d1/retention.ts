import { REPLY_GRACE_MS } from "../../core/contract/limits.ts";

/** A tenant's turn: for how many days it keeps what (null: for ever), and how far the walk through its bodies has come. */
export interface RetentionTurn {
  readonly tenantId: string;
  readonly bodiesDays: number | null;
  readonly logDays: number | null;
  readonly messagesDays: number | null;
  /** The last key that was looked at; null between two walks. */
  readonly bodiesAfter: string | null;
  readonly walkBeganAt: number;
}

/** Tenants that don't keep everything and had no turn since `before` (ms), who waited longest first; at most `max`. */
export async function retentionTurns(db: D1Database, before: number, max: number): Promise<readonly RetentionTurn[]> {
  const { results } = await db
    .prepare(
      `SELECT t.id AS tenantId, t.retention_bodies_days AS bodiesDays, t.retention_log_days AS logDays, t.retention_messages_days AS messagesDays,
         r.bodies_after AS bodiesAfter, coalesce(r.walk_began_at, 0) AS walkBeganAt
       FROM tenants t LEFT JOIN retention_runs r ON r.tenant_id = t.id
       WHERE (t.retention_bodies_days IS NOT NULL OR t.retention_log_days IS NOT NULL OR t.retention_messages_days IS NOT NULL)
         AND coalesce(r.ran_at, 0) <= ?1 ORDER BY coalesce(r.ran_at, 0), t.id LIMIT ?2`,
    )
    .bind(before, max)
    .all<RetentionTurn>();
  return results;
}

/** The turn is over. */
export async function keepTurn(
  db: D1Database,
  tenantId: string,
  ranAt: number,
  walk: Pick<RetentionTurn, "bodiesAfter" | "walkBeganAt">,
): Promise<void> {
  await db
    .prepare(
      `INSERT INTO retention_runs (tenant_id, ran_at, bodies_after, walk_began_at) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (tenant_id) DO UPDATE SET ran_at = excluded.ran_at, bodies_after = excluded.bodies_after, walk_began_at = excluded.walk_began_at`,
    )
    .bind(tenantId, ranAt, walk.bodiesAfter, walk.walkBeganAt)
    .run();
}

/** A line of the log that is too old, and where its bytes lie. */
export interface OldLine {
  readonly seq: number;
  readonly bodyKey: string | null;
}

/** The oldest lines of the tenant's log from before `before` (ms); of each mode and kind of line at most `max`. */
export async function oldLines(
  db: D1Database,
  tenantId: string,
  before: number,
  max: number,
): Promise<readonly OldLine[]> {
  // As text: the indexes are partial, and only a literal lets SQLite take them.
  const kinds = ["kind = 'exchange'", "kind <> 'exchange'"];
  const parts = ["live", "sandbox"].flatMap((mode) =>
    kinds.map((kind) =>
      db
        .prepare(
          `SELECT seq, body_key AS bodyKey FROM journal WHERE tenant_id = ?1 AND mode = '${mode}' AND at < ?2 AND ${kind} ORDER BY at LIMIT ?3`,
        )
        .bind(tenantId, before, max),
    ),
  );
  return (await db.batch<OldLine>(parts)).flatMap(({ results }) => results);
}

/** Deletes these lines, and counts them with their enrollments: whoever compares the log with an object knows that they were there. */
export async function deleteLines(db: D1Database, tenantId: string, seqs: readonly number[]): Promise<void> {
  const lines = JSON.stringify(seqs);
  await db.batch([
    db
      .prepare(
        `UPDATE enrollments SET pruned_lines = pruned_lines + gone.n
         FROM (SELECT enrollment_id AS id, count(*) AS n FROM journal WHERE tenant_id = ?1 AND seq IN (SELECT value FROM json_each(?2)) AND entry > 0 GROUP BY enrollment_id) AS gone
         WHERE enrollments.id = gone.id AND enrollments.tenant_id = ?1`,
      )
      .bind(tenantId, lines),
    db
      .prepare("DELETE FROM journal WHERE tenant_id = ?1 AND seq IN (SELECT value FROM json_each(?2))")
      .bind(tenantId, lines),
  ]);
}

/** Whose answers can't come any more: the enrollment ended longer ago than its object lives. */
const IS_OVER = "(e.id IS NULL OR (e.state IN ('completed', 'unenrolled', 'exited') AND e.updated_at < ?4))";

/**
 * Takes the words out of messages from before `before` (ms), oldest first, of each mode at most `max`; from those that nobody
 * can answer any more the addresses and ids too. Rows stay as counts. Answers how many it changed.
 */
export async function blankMessages(
  db: D1Database,
  tenantId: string,
  before: number,
  now: number,
  max: number,
): Promise<number> {
  const done = await db.batch(
    ["live", "sandbox"].map((mode) =>
      db
        .prepare(
          `UPDATE messages SET subject = NULL, text = '',
             message_id = iif(old.isOver, NULL, message_id), from_email = iif(old.isOver, NULL, from_email), to_email = iif(old.isOver, NULL, to_email),
             detail = iif(old.isOver OR detail ->> 'providerMessageId' IS NULL, '{}', json_object('providerMessageId', detail ->> 'providerMessageId'))
           FROM (SELECT m.id AS id, ${IS_OVER} AS isOver FROM messages m LEFT JOIN enrollments e ON e.id = m.enrollment_id AND e.tenant_id = ?1
             WHERE m.tenant_id = ?1 AND m.mode = ?2 AND m.at < ?3 AND (m.text <> '' OR m.message_id IS NOT NULL) AND (m.text <> '' OR ${IS_OVER})
             ORDER BY m.at LIMIT ?5) AS old
           WHERE messages.id = old.id AND messages.tenant_id = ?1`,
        )
        .bind(tenantId, mode, before, now - REPLY_GRACE_MS, max),
    ),
  );
  return done.reduce((sum, { meta }) => sum + meta.changes, 0);
}

/** A mail that came in and is too old. */
export interface OldMail {
  readonly id: string;
  readonly rawKey: string;
}

/** Mails from before `before` (ms), oldest first, at most `max`; not those that their enrollments haven't got yet. */
export async function oldMails(
  db: D1Database,
  tenantId: string,
  before: number,
  max: number,
): Promise<readonly OldMail[]> {
  const { results } = await db
    .prepare(
      "SELECT id, raw_key AS rawKey FROM inbound_mail WHERE tenant_id = ?1 AND at < ?2 AND handed_over = 1 ORDER BY at LIMIT ?3",
    )
    .bind(tenantId, before, max)
    .all<OldMail>();
  return results;
}

/** Deletes these mails. */
export async function deleteOldMails(db: D1Database, tenantId: string, ids: readonly string[]): Promise<void> {
  await db
    .prepare("DELETE FROM inbound_mail WHERE tenant_id = ?1 AND id IN (SELECT value FROM json_each(?2))")
    .bind(tenantId, JSON.stringify(ids))
    .run();
}

/** Deletes test mail from before `before` (ms), oldest first, at most `max`; answers how many. */
export async function deleteOldSandboxMail(
  db: D1Database,
  tenantId: string,
  before: number,
  max: number,
): Promise<number> {
  const { meta } = await db
    .prepare(
      "DELETE FROM sandbox_mail WHERE tenant_id = ?1 AND send_key IN (SELECT send_key FROM sandbox_mail WHERE tenant_id = ?1 AND at < ?2 ORDER BY at LIMIT ?3)",
    )
    .bind(tenantId, before, max)
    .run();
  return meta.changes;
}

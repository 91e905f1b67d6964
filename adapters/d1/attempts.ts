/** How often something may be tried: `most` times in `withinMs`. */
export interface AttemptLimit {
  readonly most: number;
  readonly withinMs: number;
}

/**
 * Counts one try under `key` at `now` (ms), whatever comes of it. 0 when it may go on, else how many milliseconds until the
 * count begins anew. One statement, so tries at the same moment are all counted.
 */
export async function countAttempt(db: D1Database, key: string, limit: AttemptLimit, now: number): Promise<number> {
  const row = await db
    .prepare(
      `INSERT INTO attempts (key, count, since) VALUES (?1, 1, ?2)
         ON CONFLICT (key) DO UPDATE SET
           count = CASE WHEN since <= ?3 THEN 1 ELSE count + 1 END,
           since = CASE WHEN since <= ?3 THEN ?2 ELSE since END
         RETURNING count, since`,
    )
    .bind(key, now, now - limit.withinMs)
    .first<{ count: number; since: number }>();
  return row === null || row.count <= limit.most ? 0 : row.since + limit.withinMs - now;
}

/** Forgets what is over before `now` (ms): tries that began more than `withinMs` ago, sessions and links past their time. */
export async function forgetOver(db: D1Database, withinMs: number, now: number): Promise<void> {
  await db.batch([
    db.prepare("DELETE FROM attempts WHERE since < ?1").bind(now - withinMs),
    db.prepare("DELETE FROM sessions WHERE expires_at < ?1").bind(now),
    db.prepare("DELETE FROM verifications WHERE expires_at < ?1").bind(now),
  ]);
}

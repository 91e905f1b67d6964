/** A key-encryption key by its version, and how far the secrets have moved under it. Times in milliseconds. */
export interface KeyVersion {
  readonly version: number;
  readonly firstSeenAt: number;
  readonly endpointsUpTo: number;
  readonly mailboxesUpTo: number;
  readonly linkedinAccountsUpTo: number;
  /** Sealed values that no key opens; they stay as they are. */
  readonly unreadable: number;
  readonly doneAt: number | null;
}

/** All that were ever seen, the oldest first. */
export async function readKeyVersions(db: D1Database): Promise<readonly KeyVersion[]> {
  const { results } = await db
    .prepare(
      `SELECT version, first_seen_at AS firstSeenAt, endpoints_up_to AS endpointsUpTo, mailboxes_up_to AS mailboxesUpTo, linkedin_accounts_up_to AS linkedinAccountsUpTo, unreadable, done_at AS doneAt
       FROM key_versions ORDER BY version`,
    )
    .all<KeyVersion>();
  return results;
}

/** Seen now for the first time; what was seen before keeps its time. */
export async function noteKeyVersions(db: D1Database, versions: readonly number[], now: number): Promise<void> {
  await db
    .prepare(
      "INSERT INTO key_versions (version, first_seen_at) SELECT value, ?2 FROM json_each(?1) WHERE true ON CONFLICT DO NOTHING",
    )
    .bind(JSON.stringify(versions), now)
    .run();
}

/** How far the secrets have moved. */
export async function noteKeyProgress(db: D1Database, at: KeyVersion): Promise<void> {
  await db
    .prepare(
      "UPDATE key_versions SET endpoints_up_to = ?2, mailboxes_up_to = ?3, linkedin_accounts_up_to = ?4, unreadable = ?5, done_at = ?6 WHERE version = ?1",
    )
    .bind(at.version, at.endpointsUpTo, at.mailboxesUpTo, at.linkedinAccountsUpTo, at.unreadable, at.doneAt)
    .run();
}

/** A row that holds sealed values, by column; null where it has none. */
export interface SealedRow {
  readonly seq: number;
  readonly id: string;
  readonly tenantId: string;
  readonly sealed: Readonly<Record<string, string | null>>;
}

/** Where sealed values stand. */
export const SEALED_COLUMNS = {
  endpoints: ["secret", "previous_secret"],
  mailboxes: ["secret", "events_secret"],
  linkedin_accounts: ["secret", "hooks_secret"],
} as const;

export type SealedTable = keyof typeof SEALED_COLUMNS;

/** The next rows of all tenants behind `after`. */
export async function nextSealedRows(
  db: D1Database,
  table: SealedTable,
  after: number,
  count: number,
): Promise<readonly SealedRow[]> {
  const columns = SEALED_COLUMNS[table];
  const { results } = await db
    .prepare(
      `SELECT seq, id, tenant_id AS tenantId, ${columns.join(", ")} FROM ${table} WHERE seq > ?1 ORDER BY seq LIMIT ?2`,
    )
    .bind(after, count)
    .all<{ seq: number; id: string; tenantId: string } & Readonly<Record<string, string | null>>>();
  return results.map((row) => ({
    seq: row.seq,
    id: row.id,
    tenantId: row.tenantId,
    sealed: Object.fromEntries(columns.map((column) => [column, row[column] ?? null])),
  }));
}

/** One sealed value in another form. */
export interface Resealed {
  readonly table: SealedTable;
  readonly id: string;
  readonly tenantId: string;
  readonly before: string;
  readonly after: string;
}

/**
 * Puts each in the place of what it was made from, in whichever column of its row that is by now: a secret that is rotated
 * meanwhile becomes the one before. What is there no more stays gone.
 */
export async function replaceSealed(db: D1Database, values: readonly Resealed[]): Promise<void> {
  if (values.length === 0) return;
  await db.batch(
    values.map(({ table, id, tenantId, before, after }) => {
      const columns = SEALED_COLUMNS[table];
      const changes = columns.map((column) => `${column} = iif(${column} = ?1, ?2, ${column})`).join(", ");
      return db
        .prepare(`UPDATE ${table} SET ${changes} WHERE id = ?3 AND tenant_id = ?4 AND ?1 IN (${columns.join(", ")})`)
        .bind(before, after, id, tenantId);
    }),
  );
}

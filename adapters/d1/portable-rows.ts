import { TABLES } from "./holdings.ts";
import { namesOf } from "./table-holding.ts";

/** Values of the primary key of the last row that was read; empty before the first. */
export type KeyValues = readonly (string | number)[];

export type PlainRow = Readonly<Record<string, string | number | null>>;

/** The tables that an export has, in the order in which an import can follow. */
export const PORTABLE_TABLES: readonly string[] = Object.entries(TABLES).flatMap(([name, { of, exported }]) =>
  of === "tenant" && exported === "rows" ? [name] : [],
);

/** The columns of a table that may leave the installation. */
export function portableColumns(table: string): readonly string[] {
  const columns = TABLES[table]?.columns;
  return columns === undefined ? [] : [...namesOf(columns.plain), ...namesOf(columns.personal)];
}

/** A row as it is taken along, and its key. */
export interface PortableRecord {
  readonly row: PlainRow;
  readonly key: KeyValues;
}

/** The next rows of one tenant in one table, by its key; at most `max`. */
export async function readPortableRows(
  db: D1Database,
  tenantId: string,
  table: string,
  after: KeyValues,
  max: number,
): Promise<readonly PortableRecord[]> {
  const { key } = TABLES[table] ?? { key: ["id"] as const };
  const owner = table === "tenants" ? "id" : "tenant_id";
  const columns = portableColumns(table);
  const keyed = key.map((column, n) => `${column} AS key${n}`);
  // A row value can't be compared with nothing, so before the first row it is left out.
  const beyond = after.length === 0 ? "" : `AND (${key.join(", ")}) > (${key.map((_, n) => `?${n + 3}`).join(", ")})`;
  const { results } = await db
    .prepare(
      `SELECT ${[...columns, ...keyed].join(", ")} FROM ${table} WHERE ${owner} = ?1 ${beyond} ORDER BY ${key.join(", ")} LIMIT ?2`,
    )
    .bind(tenantId, max, ...after)
    .all<Record<string, string | number | null>>();
  return results.map((row) => ({
    row: Object.fromEntries(columns.map((column) => [column, row[column] ?? null])),
    key: key.map((_, n) => row[`key${n}`] ?? ""),
  }));
}

/** The tenant's enrollments whose objects may still hold something, in the order of `seq`, at most `max`. */
export async function enrollmentsWithObject(
  db: D1Database,
  tenantId: string,
  afterSeq: number,
  endedAfter: number,
  max: number,
): Promise<readonly { readonly seq: number; readonly id: string }[]> {
  const { results } = await db
    .prepare(
      `SELECT seq, id FROM enrollments WHERE tenant_id = ?1 AND seq > ?2 AND coalesce(exit_reason, '') <> 'erased'
         AND (state IN ('active', 'paused', 'held') OR updated_at > ?3) ORDER BY seq LIMIT ?4`,
    )
    .bind(tenantId, afterSeq, endedAfter, max)
    .all<{ seq: number; id: string }>();
  return results;
}

/** What an enrollment's object must agree with. */
export interface PortableEnrollment {
  readonly mode: string;
  readonly mailboxId: string | null;
  readonly linkedinAccountId: string | null;
  readonly cadenceId: string;
  readonly leadEmail: string | null;
}

/** The row of one of the tenant's enrollments; null where there is none. */
export async function findPortableEnrollment(
  db: D1Database,
  tenantId: string,
  id: string,
): Promise<PortableEnrollment | null> {
  return db
    .prepare(
      "SELECT mode, mailbox_id AS mailboxId, linkedin_account_id AS linkedinAccountId, cadence_id AS cadenceId, lead_email AS leadEmail FROM enrollments WHERE tenant_id = ?1 AND id = ?2",
    )
    .bind(tenantId, id)
    .first<PortableEnrollment>();
}

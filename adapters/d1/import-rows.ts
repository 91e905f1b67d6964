import { TABLES } from "./holdings.ts";
import { type PlainRow, portableColumns } from "./portable-rows.ts";

/** One statement's parameter stays below D1's 2 MB a value. */
const CHUNK_CHARACTERS = 400_000;

/** What was done with rows of one table. `foreign`: what they name is another tenant's here, so nothing more was written. */
export type ImportedRows =
  | { readonly ok: true; readonly written: number }
  | { readonly ok: false; readonly reason: "foreign" | "unfit"; readonly detail: string };

/** By which column rows name something of another table. */
const NAMED: Readonly<Record<string, string>> = {
  enrollment_id: "enrollments",
  cadence_id: "cadences",
  mailbox_id: "mailboxes",
  endpoint_id: "endpoints",
  linkedin_account_id: "linkedin_accounts",
  account_id: "linkedin_accounts",
};

/**
 * Writes rows of one table, each of which names this tenant as its own; what is here already stays as it is. A row may have or
 * name nothing that is another tenant's: it would come between that one and its own. `more` are columns that an export lacks.
 */
export async function importRows(
  db: D1Database,
  tenantId: string,
  table: string,
  rows: readonly PlainRow[],
  more: readonly string[] = [],
): Promise<ImportedRows> {
  const columns = [...portableColumns(table), ...more];
  let written = 0;
  for (const chunk of chunksOf(rows)) {
    const foreign = await foreignId(db, tenantId, table, columns, chunk);
    if (foreign !== null) return { ok: false, reason: "foreign", detail: foreign };
    const done = await insertRows(db, tenantId, table, columns, chunk).catch((error: unknown) =>
      error instanceof Error ? error.message : String(error),
    );
    if (typeof done === "number") written += done;
    else if (/constraint|datatype/i.test(done)) return { ok: false, reason: "unfit", detail: done };
    else throw new Error(done);
  }
  return { ok: true, written };
}

async function insertRows(
  db: D1Database,
  tenantId: string,
  table: string,
  columns: readonly string[],
  rows: string,
): Promise<number> {
  const picked = columns.map((column) => `value ->> '${column}'`).join(", ");
  const { meta } = await db
    .prepare(
      `INSERT INTO ${table} (${columns.join(", ")}) SELECT ${picked} FROM json_each(?1) WHERE value ->> 'tenant_id' = ?2 ON CONFLICT DO NOTHING`,
    )
    .bind(rows, tenantId)
    .run();
  return meta.changes;
}

/** An id that these rows have, or name, and that is another tenant's; null for none. */
async function foreignId(
  db: D1Database,
  tenantId: string,
  table: string,
  columns: readonly string[],
  rows: string,
): Promise<string | null> {
  const [key = "id"] = TABLES[table]?.key ?? [];
  const own = columns.includes("id") ? [{ column: "id", of: table, id: "id" }] : [{ column: key, of: table, id: key }];
  const named = columns.flatMap((column) => {
    const of = NAMED[column];
    return of === undefined ? [] : [{ column, of, id: "id" }];
  });
  const found = await db.batch<{ id: string }>(
    [...own.filter(({ column }) => column !== "seq"), ...named].map(({ column, of, id }) =>
      db
        .prepare(
          `SELECT t.${id} AS id FROM json_each(?2) g CROSS JOIN ${of} t ON t.${id} = g.value ->> '${column}' WHERE t.tenant_id <> ?1 LIMIT 1`,
        )
        .bind(tenantId, rows),
    ),
  );
  return found.flatMap(({ results }) => results.map(({ id }) => id))[0] ?? null;
}

function chunksOf(rows: readonly PlainRow[]): readonly string[] {
  const chunks: string[][] = [];
  let size = Number.POSITIVE_INFINITY;
  for (const row of rows) {
    const text = JSON.stringify(row);
    if (size + text.length > CHUNK_CHARACTERS) {
      chunks.push([]);
      size = 0;
    }
    chunks.at(-1)?.push(text);
    size += text.length;
  }
  return chunks.map((texts) => `[${texts.join(",")}]`);
}

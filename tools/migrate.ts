import type { Migration } from "./build-record.ts";
import { PlainError } from "./plain-error.ts";

/** The part of D1 that these tools use; Miniflare's database and the platform's both fit. */
export interface Database {
  prepare(sql: string): Statement;
  batch(statements: Statement[]): Promise<unknown>;
}

/** A prepared statement of `Database`. */
export interface Statement {
  bind(...values: unknown[]): Statement;
  all(): Promise<{ results: Record<string, unknown>[] }>;
}

/**
 * Applies the migrations that the database has not had yet, in order, each with its record in one transaction, and
 * returns their names. The table is wrangler's own, so `wrangler d1 migrations list` agrees. Safe to run again.
 */
export async function migrate(database: Database, migrations: readonly Migration[]): Promise<readonly string[]> {
  await database.prepare(MIGRATIONS_TABLE).all();
  const { results } = await database.prepare("SELECT name FROM d1_migrations").all();
  const applied = new Set(results.map((row) => row["name"]));
  const missing = migrations.filter(({ name }) => !applied.has(name));
  for (const { name, statements } of missing) {
    const record = database.prepare("INSERT INTO d1_migrations (name) VALUES (?1)").bind(name);
    try {
      await database.batch([...statements.map((sql) => database.prepare(sql)), record]);
    } catch (error) {
      throw new PlainError(`migrations/${name} can't be applied: ${error instanceof Error ? error.message : error}`);
    }
  }
  return missing.map(({ name }) => name);
}

const MIGRATIONS_TABLE = `CREATE TABLE IF NOT EXISTS d1_migrations(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT UNIQUE,
  applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL
)`;

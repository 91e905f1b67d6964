import { spawnSync } from "node:child_process";
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import drizzleConfig from "../drizzle.config.ts";
import { PlainError, runProgram } from "./plain-error.ts";
import { inProject, PROJECT_DIR } from "./project.ts";

const MIGRATIONS = inProject("migrations");
const Snapshot = z.object({
  tables: z.record(
    z.string(),
    z.object({
      columns: z.record(z.string(), z.object({ notNull: z.boolean() })),
      indexes: z.record(z.string(), z.unknown()),
    }),
  ),
});

/**
 * Fails unless schema.ts, drizzle's last snapshot and the SQL of migrations/ say the same. The SQL is compared by what
 * it makes, not by its text, because WITHOUT ROWID is added by hand.
 */
await runProgram(async () => {
  const missing = generateInCopy();
  if (missing !== undefined) {
    throw new PlainError(`migrations/ is behind ${drizzleConfig.schema}; run: npx drizzle-kit generate\n\n${missing}`);
  }
  const differences = compareWithSnapshot();
  if (differences.length > 0)
    throw new PlainError(`migrations/*.sql and their snapshot differ: ${differences.join("; ")}.`);
  console.log("migrations/ says what adapters/d1/*schema.ts says.");
});

/** Lets drizzle-kit write what it misses into a copy; returns that SQL, or undefined when nothing is missing. */
function generateInCopy(): string | undefined {
  const copy = join("dist", `schema-${process.pid}`); // drizzle-kit takes relative paths only
  const configFile = inProject(`${copy}.json`);
  try {
    cpSync(MIGRATIONS, inProject(copy), { recursive: true });
    writeFileSync(configFile, JSON.stringify({ ...drizzleConfig, out: `./${copy}` }));
    const run = spawnSync(
      process.execPath,
      [inProject("node_modules", "drizzle-kit", "bin.cjs"), "generate", `--config=${copy}.json`],
      { cwd: PROJECT_DIR, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"], timeout: 60_000 },
    );
    const fresh = sqlFiles(inProject(copy)).filter((name) => !sqlFiles(MIGRATIONS).includes(name));
    if (fresh.length > 0) return fresh.map((name) => readFileSync(inProject(copy, name), "utf8")).join("\n");
    // It asks a person whether a column was renamed, and fails when nobody is there.
    return run.status === 0 ? undefined : run.stdout + run.stderr;
  } finally {
    rmSync(inProject(copy), { recursive: true, force: true });
    rmSync(configFile, { force: true });
  }
}

/** Runs the migrations in an empty SQLite in memory and says where its tables are not those of the last snapshot. */
function compareWithSnapshot(): string[] {
  const database = new DatabaseSync(":memory:");
  for (const name of sqlFiles(MIGRATIONS)) database.exec(readFileSync(join(MIGRATIONS, name), "utf8"));
  const { tables } = Snapshot.parse(JSON.parse(readFileSync(lastSnapshot(), "utf8")));
  const names = database
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .all();
  const differences = compareSets(
    "tables",
    names.map((row) => row["name"]),
    Object.keys(tables),
  );
  for (const [table, { columns, indexes }] of Object.entries(tables)) {
    const made = database.prepare('SELECT name, "notnull" AS required FROM pragma_table_info(?)').all(table);
    const madeIndexes = database.prepare("SELECT name FROM pragma_index_list(?) WHERE origin = 'c'").all(table);
    const wanted = Object.entries(columns).map(([name, { notNull }]) => say(name, notNull));
    differences.push(
      ...compareSets(
        table,
        made.map((row) => say(row["name"], row["required"] === 1)),
        wanted,
      ),
      ...compareSets(
        `indexes of ${table}`,
        madeIndexes.map((row) => row["name"]),
        Object.keys(indexes),
      ),
    );
  }
  return differences;
}

function lastSnapshot(): string {
  const meta = join(MIGRATIONS, "meta");
  const last = readdirSync(meta)
    .filter((name) => name.endsWith("_snapshot.json"))
    .sort()
    .at(-1);
  if (last === undefined) throw new PlainError("migrations/meta holds no snapshot; run: npx drizzle-kit generate");
  return join(meta, last);
}

function compareSets(what: string, made: readonly unknown[], wanted: readonly string[]): string[] {
  const tooMany = made.filter((item) => !wanted.includes(String(item)));
  const tooFew = wanted.filter((item) => !made.includes(item));
  if (tooMany.length + tooFew.length === 0) return [];
  return [`${what}: the SQL has also ${tooMany.join(", ") || "nothing"} and lacks ${tooFew.join(", ") || "nothing"}`];
}

function say(column: unknown, isRequired: boolean): string {
  return `${column}${isRequired ? " NOT NULL" : ""}`;
}

function sqlFiles(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".sql"))
    .sort();
}

import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { z } from "zod";

const Head = z.object({ lines: z.number().int(), state: z.object({ id: z.string() }) });

/**
 * How many lines each enrollment's object has written into its journal so far, by enrollment, from the objects' own files:
 * one SQLite file each on one machine. The API can't tell, because a log whose last lines are missing looks whole.
 */
export function readOwnLines(dataDir: string): Map<string, number> {
  const folder = join(dataDir, "state", "do", "drafthook-EnrollmentObject");
  const files = readdirSync(folder).filter((name) => name.endsWith(".sqlite") && name !== "metadata.sqlite");
  return new Map(files.flatMap((name) => headOf(join(folder, name))));
}

/** The object may be writing at this moment. */
const BUSY_MS = 5_000;

/** None for an object that was poked and never began. */
function headOf(file: string): [string, number][] {
  if (!existsSync(file)) return [];
  const database = new DatabaseSync(file, { readOnly: true, timeout: BUSY_MS });
  try {
    const isBegun = database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'head'").get() !== undefined;
    const row = isBegun ? database.prepare("SELECT json FROM head WHERE id = 1").get() : undefined;
    if (row === undefined) return [];
    const { lines, state } = Head.parse(JSON.parse(String(row["json"])));
    return [[state.id, lines]];
  } finally {
    database.close();
  }
}

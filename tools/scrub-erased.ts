import { globSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/**
 * SQLite leaves what was deleted in its file until something else is written there. Where somebody was erased the database of
 * this machine is written anew when it stops, so that the file doesn't hold them either. Nothing may have it open.
 */
export function scrubErased(dataDir: string): void {
  for (const file of globSync("state/d1/miniflare-D1DatabaseObject/*.sqlite", { cwd: dataDir })) {
    const database = new DatabaseSync(join(dataDir, file));
    try {
      if (!hasErased(database)) continue;
      database.exec("VACUUM; PRAGMA wal_checkpoint(TRUNCATE)");
    } finally {
      database.close();
    }
  }
}

function hasErased(database: DatabaseSync): boolean {
  const isThere = database.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'tombstones'").get();
  return isThere !== undefined && database.prepare("SELECT 1 FROM tombstones LIMIT 1").get() !== undefined;
}

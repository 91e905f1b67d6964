import { type FSWatcher, readdirSync, watch } from "node:fs";
import { join } from "node:path";

/**
 * Calls `onChange` at each change of D1's write-ahead log, as the kernel tells of it; returns how to stop. D1 on one
 * machine is one SQLite file in the data folder, beside Miniflare's own metadata.
 */
export function watchDatabaseWrites(dataDir: string, onChange: () => void): () => void {
  const folder = join(dataDir, "state", "d1", "miniflare-D1DatabaseObject");
  const isLog = (name: string) => name.endsWith(".sqlite-wal") && !name.startsWith("metadata");
  if (!readdirSync(folder).some(isLog)) throw new Error(`no write-ahead log of D1 in ${folder}`);
  const watcher: FSWatcher = watch(folder, (_event, name) => {
    if (name !== null && isLog(name)) onChange();
  });
  return () => watcher.close();
}

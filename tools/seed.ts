import { createHash } from "node:crypto";
import type { ApiKeyMode } from "../core/api-key.ts";
import type { LocalKeys } from "./local-files.ts";
import type { Database, Statement } from "./migrate.ts";

/** The id of the one tenant that a local installation starts with. */
export const LOCAL_TENANT_ID = "ten_thismachinelocal";

/**
 * Writes the local tenant, its two keys where they are missing. Safe to run at every start. Who runs it on their own machine
 * is no stranger: what it may send a day need not grow.
 */
export async function seedLocal(database: Database, keys: LocalKeys, timeZone: string): Promise<void> {
  const now = Date.now();
  await database.batch([
    database
      .prepare(
        "INSERT INTO tenants (id, name, time_zone, enabled, send_ramp, created_at) VALUES (?1, ?2, ?3, 1, 0, ?4) ON CONFLICT DO NOTHING",
      )
      .bind(LOCAL_TENANT_ID, "This machine", timeZone, now),
    apiKey(database, "test", keys.test, now),
    apiKey(database, "live", keys.live, now),
  ]);
}

/** The id comes from the key's hash, so that a second start finds its own row and a new keys.json makes new rows. */
function apiKey(database: Database, mode: ApiKeyMode, key: string, now: number): Statement {
  const hash = createHash("sha256").update(key).digest("hex");
  return database
    .prepare(
      "INSERT INTO api_keys (id, tenant_id, mode, name, hash, last4, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING",
    )
    .bind(`key_${hash.slice(0, 20)}`, LOCAL_TENANT_ID, mode, `npm start (${mode})`, hash, key.slice(-4), now);
}

import { openDatabase } from "../adapters/d1/tenant-db.ts";
import { clearWakeDue, listWakesDue } from "../adapters/d1/tenants.ts";
import { wakeLater } from "./wake-later.ts";

/** The sweep: whoever waits for something that the operator has changed in the database looks again. What can't be queued is by the next sweep. */
export async function wakeDue(env: Env): Promise<void> {
  const db = openDatabase(env.DB);
  for (const tenantId of await listWakesDue(db)) {
    for (const mode of ["live", "sandbox"] as const) await wakeLater(env, { tenantId, mode }, {}, "switch_on");
    await clearWakeDue(db, tenantId);
  }
}

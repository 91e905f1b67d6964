import { openDatabase } from "../adapters/d1/tenant-db.ts";
import { takeWakesDue } from "../adapters/d1/tenants.ts";
import { wakeLater } from "./wake-later.ts";

/** The sweep: whoever waits for something that the operator has changed in the database looks again. */
export async function wakeDue(env: Env): Promise<void> {
  for (const tenantId of await takeWakesDue(openDatabase(env.DB)))
    for (const mode of ["live", "sandbox"] as const) await wakeLater(env, { tenantId, mode }, {}, "switch_on");
}

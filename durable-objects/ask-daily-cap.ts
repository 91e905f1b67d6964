import type { Mode, SlotRef } from "../core/enrollment.ts";
import type { CapScope } from "../core/events.ts";
import { atMost } from "./at-most.ts";
import type { DailyCapObject } from "./daily-cap.ts";

/** Longer than this nobody waits for a count: then it is asked again later, and nothing is sent meanwhile. */
const COUNT_WITHIN_MS = 10_000;

/** What counts one slot: the cadence, and where `tenantCap` is a number, the tenant, which is new. */
export interface Caps {
  readonly cap: number;
  readonly tenantCap: number | null;
}

/**
 * Takes the slot, or says whose cap is reached; null when it is taken. Rejects when a count can't say in time; the same
 * slot may be asked for again.
 */
export function reserveSlot(
  env: Env,
  tenantId: string,
  cadenceId: string,
  { day, draftId }: SlotRef,
  { cap, tenantCap }: Caps,
): Promise<CapScope | null> {
  return atMost(COUNT_WITHIN_MS, "the daily count", async () => {
    const tenant = dailyCapStub(env, tenantId, ALL_CADENCES);
    if (tenantCap !== null && !(await tenant.reserve(day, draftId, tenantCap))) return "tenant";
    if (await dailyCapStub(env, tenantId, cadenceId).reserve(day, draftId, cap)) return null;
    if (tenantCap !== null) await tenant.release(day, draftId);
    return "cadence";
  });
}

/** Gives the slot back, to the cadence and, for live mail, to the tenant, which may be new. Rejects when they don't take it in time. */
export function releaseSlot(
  env: Env,
  { tenantId, mode }: { readonly tenantId: string; readonly mode: Mode },
  cadenceId: string,
  { day, draftId }: SlotRef,
): Promise<void> {
  return atMost(COUNT_WITHIN_MS, "the daily count", async () => {
    await dailyCapStub(env, tenantId, cadenceId).release(day, draftId);
    if (mode === "live") await dailyCapStub(env, tenantId, ALL_CADENCES).release(day, draftId);
  });
}

/** How many of a day (YYYY-MM-DD) a cadence has taken, and, where `ofTenant`, its whole tenant; else 0. Rejects when a count can't say in time. */
export async function takenOf(
  env: Env,
  tenantId: string,
  cadenceId: string,
  day: string,
  ofTenant: boolean,
): Promise<{ readonly cadence: number; readonly tenant: number }> {
  return atMost(COUNT_WITHIN_MS, "the daily count", async () => {
    const [cadence, tenant] = await Promise.all([
      dailyCapStub(env, tenantId, cadenceId).taken(day),
      ofTenant ? dailyCapStub(env, tenantId, ALL_CADENCES).taken(day) : 0,
    ]);
    return { cadence, tenant };
  });
}

/** In the place of a cadence's id: the count of a whole tenant. */
const ALL_CADENCES = "all";

/** The cap object of one cadence, or of all of a tenant. */
export function dailyCapStub(env: Env, tenantId: string, cadenceId: string): DurableObjectStub<DailyCapObject> {
  return env.DAILY_CAPS.getByName(`${tenantId}/${cadenceId}`);
}

import { DurableObject } from "cloudflare:workers";
import type { Mode, SlotRef } from "../core/enrollment.ts";
import type { CapScope } from "../core/events.ts";
import { atMost } from "./at-most.ts";

/** Longer than this nobody waits for a count: then it is asked again later, and nothing is sent meanwhile. */
const ANSWER_TIMEOUT_MS = 10_000;

/** Days whose counts are kept; older ones can't matter any more. */
const DAYS_KEPT = 3;

/**
 * Counts the messages of one cadence by day (`dailySendCap`), or of a whole tenant that is new. A slot is taken before the draft is asked for and given
 * back when it isn't used; taking the same slot again is the same slot. Written by enrollments only; old days are
 * deleted as new ones come.
 */
export class DailyCapObject extends DurableObject<Env> {
  /** How many are taken, by day. Counted once in each life of the object: a count reads, and bills, every row of the day. */
  private readonly counts = new Map<string, number>();

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    ctx.storage.sql.exec(
      "CREATE TABLE IF NOT EXISTS slots (day TEXT NOT NULL, slot TEXT NOT NULL, PRIMARY KEY (day, slot)) WITHOUT ROWID",
    );
  }

  /** Whether `slot` has a place among the `cap` of `day` (YYYY-MM-DD). */
  reserve(day: string, slot: string, cap: number): boolean {
    const { sql } = this.ctx.storage;
    if (sql.exec("SELECT 1 FROM slots WHERE day = ? AND slot = ?", day, slot).toArray().length > 0) return true;
    const taken = this.taken(day);
    if (taken >= cap) return false;
    if (taken === 0) this.forgetOldDays(day);
    sql.exec("INSERT INTO slots (day, slot) VALUES (?, ?)", day, slot);
    this.counts.set(day, taken + 1);
    return true;
  }

  /** Gives a slot back; one that isn't there is no matter. */
  release(day: string, slot: string): void {
    const taken = this.taken(day);
    const { rowsWritten } = this.ctx.storage.sql.exec("DELETE FROM slots WHERE day = ? AND slot = ?", day, slot);
    if (rowsWritten > 0) this.counts.set(day, taken - 1);
  }

  /** How many are taken on `day`. */
  taken(day: string): number {
    const known = this.counts.get(day);
    if (known !== undefined) return known;
    const { n } = this.ctx.storage.sql.exec<{ n: number }>("SELECT count(*) AS n FROM slots WHERE day = ?", day).one();
    this.counts.set(day, n);
    return n;
  }

  private forgetOldDays(today: string): void {
    const days = this.ctx.storage.sql
      .exec<{ day: string }>("SELECT DISTINCT day FROM slots WHERE day < ? ORDER BY day DESC", today)
      .toArray();
    const oldest = days[DAYS_KEPT - 1];
    if (oldest !== undefined) this.ctx.storage.sql.exec("DELETE FROM slots WHERE day <= ?", oldest.day);
  }
}

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
  return atMost(ANSWER_TIMEOUT_MS, "the daily count", async () => {
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
  return atMost(ANSWER_TIMEOUT_MS, "the daily count", async () => {
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
  return atMost(ANSWER_TIMEOUT_MS, "the daily count", async () => {
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

import { forgetOver } from "../adapters/d1/attempts.ts";
import { BEGINS_WITHIN_MS } from "../adapters/d1/enrollments.ts";
import { forgetOldKeys } from "../adapters/d1/idempotency-keys.ts";
import { forgetDueTime, type Overdue, overdueEnrollments } from "../adapters/d1/overdue.ts";
import type { Beginning } from "../core/begin.ts";
import type { CadenceVersion } from "../core/cadence.ts";
import { enrollmentStub } from "../durable-objects/stub.ts";
import { ATTEMPTS_KEPT_MS } from "./people/limit-attempts.ts";

/** An enrollment this long past its time in the index has lost its alarm, or its news never came. */
const OVERDUE_MS = 2 * 60_000;
const SWEPT_AT_MOST = 500;
const AT_ONCE = 10;
const IDEMPOTENCY_KEPT_MS = 24 * 3600_000;

/** The sweeper: pokes enrollments that the index knows as overdue; one that never began is begun. Returns how many. */
export async function sweep(env: Env, now: number): Promise<number> {
  const overdue = await overdueEnrollments(env.DB, now - OVERDUE_MS, now - BEGINS_WITHIN_MS, SWEPT_AT_MOST);
  for (let start = 0; start < overdue.length; start += AT_ONCE) {
    const outcomes = await Promise.allSettled(overdue.slice(start, start + AT_ONCE).map((row) => poke(env, row)));
    for (const outcome of outcomes)
      if (outcome.status === "rejected")
        console.error("an overdue enrollment could not be poked; the next sweep tries again", outcome.reason);
  }
  await forgetOldKeys(env.DB, now - IDEMPOTENCY_KEPT_MS);
  await forgetOver(env.DB, ATTEMPTS_KEPT_MS, now);
  return overdue.length;
}

async function poke(env: Env, row: Overdue): Promise<void> {
  const stub = enrollmentStub(env, row.tenantId, row.id);
  if (row.definition !== null)
    await stub.begin(JSON.parse(row.beginning) as Beginning, JSON.parse(row.definition) as CadenceVersion);
  if (await stub.wake("swept")) return;
  // Emptied, or never to begin: there is nothing to wait for.
  await forgetDueTime(env.DB, row.tenantId, row.id);
}

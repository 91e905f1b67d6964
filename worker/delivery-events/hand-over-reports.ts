import { markHandedOver, type WaitingReport, waitingReports } from "../../adapters/d1/delivery-reports.ts";
import { handOver } from "./hand-over.ts";

/** Most messages are in the log within seconds; what is about none of ours is looked for no longer. */
const LOOKED_FOR_MS = 24 * 3_600_000;
const AT_MOST = 500;
const AT_ONCE = 10;

/**
 * Gives what Cloudflare's feed reported to the enrollments that it is about: these reports, or all that wait. What came
 * before its message was in the log, or can't be handed over now, waits for the next run. Answers how many were handed over.
 */
export async function handOverReports(env: Env, now: number, ids: readonly string[] | null = null): Promise<number> {
  const waiting = await waitingReports(env.DB, now - LOOKED_FOR_MS, AT_MOST, ids);
  const done: string[] = [];
  for (let start = 0; start < waiting.length; start += AT_ONCE) {
    const batch = waiting.slice(start, start + AT_ONCE);
    const ended = await Promise.allSettled(batch.map((report) => handOverOne(env, report, now)));
    for (const end of ended) {
      if (end.status === "fulfilled") done.push(end.value);
      else console.error("a delivery report could not be handed over; the next run tries again", end.reason);
    }
  }
  if (done.length > 0) await markHandedOver(env.DB, done);
  return done.length;
}

async function handOverOne(
  env: Env,
  { id, tenantId, enrollmentId, event }: WaitingReport,
  now: number,
): Promise<string> {
  await handOver(env, tenantId, enrollmentId, event, now);
  return id;
}

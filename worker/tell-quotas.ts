import { markTold, readTold } from "../adapters/d1/plan-usage.ts";
import type { TellQuotaJob } from "../core/jobs.ts";
import { levelOf } from "../core/quota.ts";

/** Tells the endpoints of each tenant whose month has come to four fifths of a quota, or to all of it: of each once. */
export async function tellQuotas(env: Env, tenantIds: Iterable<string>, now: number): Promise<void> {
  for (const tenantId of new Set(tenantIds))
    for (const { kind, month, told, ...quota } of await readTold(env.DB, tenantId, now)) {
      const percent = levelOf(quota);
      if (percent === 0 || percent <= told) continue;
      if (!(await markTold(env.DB, tenantId, { ...quota, kind, month, percent }))) continue;
      const { used, limit } = quota;
      await env.JOB_QUEUE.send({
        type: "tell_quota",
        tenantId,
        mode: "live",
        at: now,
        data: { kind, month, used, quota: limit ?? 0, percent },
      } satisfies TellQuotaJob);
    }
}

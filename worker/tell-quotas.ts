import { keepTold, readTold, tenantsToTell } from "../adapters/d1/plan-usage.ts";
import type { TellQuotaJob } from "../core/jobs.ts";
import { levelOf, monthIn } from "../core/quota.ts";

/** No time zone is so far behind UTC. */
const DAY_MS = 24 * 3600_000;

/**
 * Tells the endpoints of each tenant whose month has come to four fifths of a quota, or to all of it. It is kept as told only
 * once the queue has it: after a failure in between, or by two at once, it is told again, under the same id.
 */
export async function tellQuotas(env: Env, tenantIds: Iterable<string>, now: number): Promise<void> {
  for (const tenantId of new Set(tenantIds))
    for (const { kind, month, told, ...quota } of await readTold(env.DB, tenantId, now)) {
      const percent = levelOf(quota);
      if (percent === 0 || percent <= told) continue;
      const { used, limit } = quota;
      await env.JOB_QUEUE.send({
        type: "tell_quota",
        tenantId,
        mode: "live",
        at: now,
        data: { kind, month, used, quota: limit ?? 0, percent },
      } satisfies TellQuotaJob);
      await keepTold(env.DB, tenantId, { ...quota, kind, month, percent });
    }
}

/** The sweep: whatever couldn't be told when it was counted. */
export async function sweepQuotas(env: Env, now: number): Promise<void> {
  await tellQuotas(env, await tenantsToTell(env.DB, monthIn(now - DAY_MS, "UTC")), now);
}

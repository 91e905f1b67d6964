import type { Tenant } from "../adapters/d1/tenant-db.ts";
import type { WakeJob } from "../core/jobs.ts";

/** Queues a job that wakes the enrollments in question, page by page. */
export async function wakeLater(
  env: Pick<Env, "JOB_QUEUE">,
  { tenantId, mode }: Pick<Tenant, "tenantId" | "mode">,
  where: WakeJob["where"],
  cause: WakeJob["cause"],
): Promise<void> {
  await env.JOB_QUEUE.send({ type: "wake", tenantId, mode, where, cause, afterSeq: 0 } satisfies WakeJob);
}

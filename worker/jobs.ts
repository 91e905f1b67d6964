import type { WakeJob } from "../core/jobs.ts";
import { enrollmentStub } from "../durable-objects/stub.ts";

const PAGE = 100;
const AT_ONCE = 10;

interface Live {
  readonly seq: number;
  readonly id: string;
}

/** Wakes one page of live enrollments, and queues the next page. */
export async function wakePage(env: Env, job: WakeJob): Promise<void> {
  const { sql, value } = condition(job.where);
  const { results } = await env.DB.prepare(
    `SELECT seq, id FROM enrollments WHERE tenant_id = ?1 AND mode = ?2 AND seq > ?3 AND state IN ('active', 'held') ${sql} ORDER BY seq LIMIT ${PAGE}`,
  )
    .bind(...[job.tenantId, job.mode, job.afterSeq, ...value])
    .all<Live>();
  for (let start = 0; start < results.length; start += AT_ONCE)
    await Promise.all(
      results.slice(start, start + AT_ONCE).map((row) => enrollmentStub(env, job.tenantId, row.id).wake(job.cause)),
    );
  const last = results.at(-1);
  if (results.length === PAGE && last !== undefined)
    await env.JOB_QUEUE.send({ ...job, afterSeq: last.seq } satisfies WakeJob);
}

function condition(where: WakeJob["where"]): { readonly sql: string; readonly value: readonly string[] } {
  if ("cadenceId" in where) return { sql: "AND cadence_id = ?4", value: [where.cadenceId] };
  if ("mailboxId" in where) return { sql: "AND mailbox_id = ?4", value: [where.mailboxId] };
  if ("endpointId" in where)
    return { sql: "AND cadence_id IN (SELECT id FROM cadences WHERE endpoint_id = ?4)", value: [where.endpointId] };
  return { sql: "", value: [] };
}

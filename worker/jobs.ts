import { liveEnrollments } from "../adapters/d1/live-enrollments.ts";
import type { WakeJob } from "../core/jobs.ts";
import { enrollmentStub } from "../durable-objects/stub.ts";

const PAGE = 100;
const AT_ONCE = 10;

/** Wakes one page of live enrollments, and queues the next page. */
export async function wakePage(env: Env, job: WakeJob): Promise<void> {
  const live = await liveEnrollments(env.DB, job, job.where, job.afterSeq, PAGE);
  for (let start = 0; start < live.length; start += AT_ONCE)
    await Promise.all(
      live.slice(start, start + AT_ONCE).map((row) => enrollmentStub(env, job.tenantId, row.id).wake(job.cause)),
    );
  const last = live.at(-1);
  if (live.length === PAGE && last !== undefined)
    await env.JOB_QUEUE.send({ ...job, afterSeq: last.seq } satisfies WakeJob);
}

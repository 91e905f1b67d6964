import { newId } from "../adapters/crypto/ids.ts";
import { findEndpoint, listEndpointsToTell } from "../adapters/d1/endpoints.ts";
import { besideColumns, insertBeside, nextBeside } from "../adapters/d1/journal.ts";
import { openDatabase, type Tenant } from "../adapters/d1/tenant-db.ts";
import { storeExchange } from "../adapters/r2/bodies.ts";
import { post } from "../adapters/webhook/exchange.ts";
import { openEndpoint } from "../adapters/webhook/open-endpoint.ts";
import { eventRetryMs } from "../core/backoff.ts";
import type { NoticeJob, TellDisabledJob } from "../core/jobs.ts";
import type { Exchange } from "../core/journal.ts";
import { webhookSettings } from "../durable-objects/perform/webhook-settings.ts";

const EVENT_TYPE = "cadence.endpoint.disabled";
/** The longest that a queue holds a message back; longer waits of the schedule are cut to it. */
const DELAY_MAX_SECONDS = 12 * 3600;

/** An endpoint that was switched off can't be told so itself: one notice for each other endpoint of its tenant. */
export async function tellDisabled(env: Env, job: TellDisabledJob): Promise<void> {
  const { tenantId, mode, endpointId, reason, at } = job;
  const others = await listEndpointsToTell(tenantOf(env, job), endpointId, EVENT_TYPE);
  for (const other of others) {
    const id = newId("evt");
    const data = { endpointId, reason };
    const body = JSON.stringify({
      type: EVENT_TYPE,
      id,
      timestamp: new Date(at).toISOString(),
      mode,
      cadence: null,
      enrollment: null,
      data,
    });
    await env.JOB_QUEUE.send({
      type: "notice",
      tenantId,
      mode,
      endpointId: other.id,
      id,
      eventType: EVENT_TYPE,
      body,
      attempt: 1,
    } satisfies NoticeJob);
  }
}

/** One attempt at one notice; what fails is queued again by the schedule of events until that is over. */
export async function deliverNotice(env: Env, job: NoticeJob): Promise<void> {
  const tenant = tenantOf(env, job);
  const record = await findEndpoint(tenant, job.endpointId);
  if (record === null || record.enabled === 0) return;
  const endpoint = await openEndpoint(env.KEK_V1, job.tenantId, record, Date.now());
  const posted = await post(endpoint, { id: job.id, attempt: job.attempt, body: job.body }, webhookSettings(env));
  const waitMs = posted.ok ? null : eventRetryMs(job.attempt, Math.random());
  if (posted.exchange !== null)
    await keepNotice(
      env,
      tenant,
      job,
      posted.exchange,
      posted.ok ? "received" : waitMs === null ? "given up" : "try again",
    );
  if (waitMs === null) return;
  const delaySeconds = Math.min(Math.ceil(waitMs / 1000), DELAY_MAX_SECONDS);
  await env.JOB_QUEUE.send({ ...job, attempt: job.attempt + 1 } satisfies NoticeJob, { delaySeconds });
}

/** In the log beside the enrollments' lines: a notice belongs to the tenant. */
async function keepNotice(
  env: Env,
  tenant: Tenant,
  job: NoticeJob,
  exchange: Exchange,
  decision: string,
): Promise<void> {
  const stored = await storeExchange(env.BODIES, `${tenant.tenantId}/notices/${job.id}-${job.attempt}.json`, exchange);
  await insertBeside(tenant, {
    ...besideColumns(exchange, decision),
    ...stored,
    enrollmentId: tenant.tenantId,
    entry: await nextBeside(tenant, tenant.tenantId),
    cadenceId: "",
    version: 0,
    step: null,
    what: job.eventType,
    subjectId: job.id,
    attempt: job.attempt,
    detail: JSON.stringify({ startedAt: exchange.startedAt }),
  });
}

function tenantOf(env: Env, job: Pick<NoticeJob, "tenantId" | "mode">): Tenant {
  return { db: openDatabase(env.DB), tenantId: job.tenantId, mode: job.mode };
}

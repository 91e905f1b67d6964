import { sha256Hex } from "../adapters/crypto/bytes.ts";
import { findEndpoint, listEndpointsToTell } from "../adapters/d1/endpoints.ts";
import { besideColumns, insertBeside } from "../adapters/d1/journal.ts";
import { openDatabase, type Tenant } from "../adapters/d1/tenant-db.ts";
import { storeExchange } from "../adapters/r2/bodies.ts";
import { post } from "../adapters/webhook/exchange.ts";
import { openEndpoint } from "../adapters/webhook/open-endpoint.ts";
import { eventRetryMs } from "../core/backoff.ts";
import type { EventType } from "../core/contract/event.ts";
import type {
  NoticeJob,
  TellAccountJob,
  TellDisabledJob,
  TellPausedJob,
  TellQuotaJob,
  TellUnmatchedJob,
} from "../core/jobs.ts";
import type { Exchange } from "../core/journal.ts";
import { noticeIdOf } from "../core/notice-id.ts";
import { askBreaker, askerOf, type BreakerWord, tellBreaker } from "../durable-objects/ask-breaker.ts";
import { webhookSettings } from "../durable-objects/perform/webhook-settings.ts";
import { isErased } from "./erasure/is-erased.ts";

/** The longest that a queue holds a message back; longer waits of the schedule are cut to it. */
const DELAY_MAX_SECONDS = 12 * 3600;

/** An endpoint that was switched off can't be told so itself: one notice for each other endpoint of its tenant. */
export async function tellDisabled(env: Env, job: TellDisabledJob): Promise<void> {
  const { endpointId, reason, at } = job;
  const id = `evt_${(await sha256Hex(`disabled|${endpointId}|${at}`)).slice(0, 32)}`;
  await tell(env, job, { id, type: "cadence.endpoint.disabled", at, data: { endpointId, reason } }, endpointId);
}

/** A mailbox was stopped: one notice for each endpoint of the tenant. */
export async function tellPaused(env: Env, job: TellPausedJob): Promise<void> {
  const { mailboxId, reason, at } = job;
  const id = `evt_${(await sha256Hex(`paused|${mailboxId}|${at}`)).slice(0, 32)}`;
  await tell(env, job, { id, type: "cadence.mailbox.paused", at, data: { mailboxId, reason } }, null);
}

/** A month's quota is used, in part or in whole: one notice for each endpoint of the tenant. */
export async function tellQuota(env: Env, job: TellQuotaJob): Promise<void> {
  const { tenantId, data, at } = job;
  const { kind, month, percent } = data;
  const id = `evt_${(await sha256Hex(`quota|${tenantId}|${month}|${kind}|${percent}`)).slice(0, 32)}`;
  const type = percent === 100 ? "cadence.quota.reached" : "cadence.quota.warning";
  await tell(env, job, { id, type, at, data }, null);
}

/** A LinkedIn account was switched off, or can act again: one notice for each endpoint of the tenant. */
export async function tellAccount(env: Env, job: TellAccountJob): Promise<void> {
  const { data, at } = job;
  const id = `evt_${(await sha256Hex(`account|${data.accountId}|${data.state}|${at}`)).slice(0, 32)}`;
  await tell(env, job, { id, type: "cadence.account.changed", at, data }, null);
}

/** A mail that nobody could place: one notice for each endpoint of the tenant. */
export async function tellUnmatched(env: Env, job: TellUnmatchedJob): Promise<void> {
  const { data, at } = job;
  if (data.from !== null && (await isErased(env, job, data.from))) return;
  await tell(env, job, { id: noticeIdOf(data.inboundId), type: "cadence.reply.unmatched", at, data }, null);
}

/** What no enrollment tells: the tenant's endpoints that want it hear it, each in its own time, under one id. */
async function tell(
  env: Env,
  about: Pick<NoticeJob, "tenantId" | "mode">,
  { id, type, at, data }: { id: string; type: EventType; at: number; data: object },
  exceptId: string | null,
): Promise<void> {
  const { tenantId, mode } = about;
  const timestamp = new Date(at).toISOString();
  const body = JSON.stringify({ type, id, timestamp, mode, cadence: null, enrollment: null, data });
  for (const { id: endpointId } of await listEndpointsToTell(tenantOf(env, about), exceptId, type)) {
    const notice = { type: "notice", tenantId, mode, endpointId, id, eventType: type, body, attempt: 1 } as const;
    await env.JOB_QUEUE.send(notice satisfies NoticeJob);
  }
}

/**
 * One attempt at one notice; what fails is queued again by the schedule of events until that is over. While the endpoint is
 * down, or as many requests as it may have are under way to it, the attempt waits and isn't spent.
 */
export async function deliverNotice(env: Env, job: NoticeJob): Promise<void> {
  const tenant = tenantOf(env, job);
  const record = await findEndpoint(tenant, job.endpointId);
  if (record === null || record.enabled === 0 || (await tellsOfErased(env, job))) return;
  const waited = { restedMs: job.restedMs ?? 0, isQueued: job.isQueued ?? false };
  const word = await askBreaker(env, job.tenantId, job.endpointId, askerOf(waited, null));
  if (word.waitMs > 0) return putOff(env, job, word);
  const endpoint = await openEndpoint(env, job.tenantId, record, Date.now());
  const posted = await post(endpoint, { id: job.id, attempt: job.attempt, body: job.body }, webhookSettings(env));
  await tellBreaker(env, job.tenantId, job.endpointId, posted.ok);
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
  await queueAgain(env, { ...job, attempt: job.attempt + 1, restedMs: 0, isQueued: false }, waitMs);
}

/** What it tells may be of a person who was erased since. */
async function tellsOfErased(env: Env, job: NoticeJob): Promise<boolean> {
  if (job.eventType !== "cadence.reply.unmatched") return false;
  const { from } = (JSON.parse(job.body) as { readonly data: TellUnmatchedJob["data"] }).data;
  return from !== null && (await isErased(env, job, from));
}

async function putOff(env: Env, job: NoticeJob, { waitMs, isBusy }: BreakerWord): Promise<void> {
  await queueAgain(env, { ...job, restedMs: isBusy ? 0 : waitMs, isQueued: isBusy }, waitMs);
}

async function queueAgain(env: Env, job: NoticeJob, waitMs: number): Promise<void> {
  const delaySeconds = Math.min(Math.ceil(waitMs / 1000), DELAY_MAX_SECONDS);
  await env.JOB_QUEUE.send(job, { delaySeconds });
}

/** In the log beside the enrollments' lines: a notice belongs to the tenant. */
async function keepNotice(
  env: Env,
  tenant: Tenant,
  job: NoticeJob,
  exchange: Exchange,
  decision: string,
): Promise<void> {
  const stored = await storeExchange(
    env.BODIES,
    `${tenant.tenantId}/notices/${job.id}-${job.endpointId}-${job.attempt}.json`,
    exchange,
  );
  await insertBeside(tenant, {
    ...besideColumns(exchange, decision),
    ...stored,
    enrollmentId: tenant.tenantId,
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

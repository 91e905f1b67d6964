import { keepActs } from "../adapters/d1/audit-log.ts";
import type { LogMessage } from "../adapters/d1/log-message.ts";
import { project } from "../adapters/d1/project.ts";
import type { JudgedMailbox } from "../adapters/d1/sending-record.ts";
import type { Job } from "../core/jobs.ts";
import { consumeDeliveryFeed } from "./delivery-feed.ts";
import { eraseLate } from "./erasure/erase-late.ts";
import { eraseEnrollments } from "./erasure/erase-person.ts";
import { wakePage } from "./jobs.ts";
import { judgeMailboxes } from "./judge-mailboxes.ts";
import { pollLinkedin } from "./linkedin/poll.ts";
import { deliverNotice, tellAccount, tellDisabled, tellPaused, tellQuota, tellUnmatched } from "./notices.ts";
import { tellQuotas } from "./tell-quotas.ts";

/** Log rows into D1 and R2, a batch at a time; jobs one by one. What fails comes again, and what comes twice is once. */
export async function consume(batch: MessageBatch<unknown>, env: Env): Promise<void> {
  if (batch.queue.endsWith("-delivery")) return consumeDeliveryFeed(batch, env);
  if (batch.queue.endsWith("-jobs")) return consumeJobs(batch as MessageBatch<Job>, env);
  return consumeLog(batch as MessageBatch<LogMessage>, env);
}

/** All at once; where that fails one by one, so that no message keeps the others back. */
async function consumeLog({ messages }: MessageBatch<LogMessage>, env: Env): Promise<void> {
  const bodies = messages.map((message) => message.body);
  if (await written(env, bodies)) return;
  for (const message of messages) {
    if (await written(env, [message.body])) message.ack();
    else message.retry({ delaySeconds: logRetrySeconds(message.attempts) });
  }
}

async function written(env: Env, bodies: readonly LogMessage[]): Promise<boolean> {
  try {
    await judge(env, await project(env.DB, env.BODIES, bodies));
    await tellSpent(env, bodies);
    await eraseLate(env, bodies, Date.now());
    return true;
  } catch (error) {
    console.error("log rows could not be written; they come again", error);
    return false;
  }
}

/** The rows are written whatever comes of it; the sweeper judges once more. */
async function judge(env: Env, mailboxes: readonly JudgedMailbox[]): Promise<void> {
  await judgeMailboxes(env, mailboxes, Date.now()).catch((error: unknown) =>
    console.error("mailboxes could not be judged; the next sweep does it", error),
  );
}

/** The rows are written whatever comes of it; the next batch tells it, or the sweeper. */
async function tellSpent(env: Env, messages: readonly LogMessage[]): Promise<void> {
  const live = messages.flatMap(({ mode, tenantId }) => (mode === "live" ? [tenantId] : []));
  await tellQuotas(env, live, Date.now()).catch((error: unknown) =>
    console.error("what is used of quotas could not be told; the next batch or sweep does it", error),
  );
}

/** A hundred tries have to outlast a long outage of D1: 10 s, doubling to half an hour, so two days in all. */
function logRetrySeconds(attempts: number): number {
  return Math.min(10 * 2 ** Math.min(attempts - 1, 10), 1_800);
}

async function consumeJobs(batch: MessageBatch<Job>, env: Env): Promise<void> {
  for (const message of batch.messages) {
    try {
      await work(message.body, env);
      message.ack();
    } catch (error) {
      console.error("a job failed; it comes again", error);
      message.retry();
    }
  }
}

function work(job: Job, env: Env): Promise<void> {
  switch (job.type) {
    case "wake":
      return wakePage(env, job);
    case "tell_disabled":
      return tellDisabled(env, job);
    case "tell_paused":
      return tellPaused(env, job);
    case "tell_quota":
      return tellQuota(env, job);
    case "tell_unmatched":
      return tellUnmatched(env, job);
    case "tell_account":
      return tellAccount(env, job);
    case "poll_linkedin":
      return pollLinkedin(env, job);
    case "erase_enrollments":
      return eraseEnrollments(env, job.tenantId, job.ids).then(() => undefined);
    case "notice":
      return deliverNotice(env, job);
    case "audit":
      return keepActs(env.DB, job.acts);
  }
}

import type { LogMessage } from "../adapters/d1/log-message.ts";
import { project } from "../adapters/d1/project.ts";
import type { Job } from "../core/jobs.ts";
import { wakePage } from "./jobs.ts";
import { deliverNotice, tellDisabled } from "./notices.ts";

/** Log rows into D1 and R2, a batch at a time; jobs one by one. What fails comes again, and what comes twice is once. */
export async function consume(batch: MessageBatch<unknown>, env: Env): Promise<void> {
  if (batch.queue.endsWith("-jobs")) return consumeJobs(batch as MessageBatch<Job>, env);
  await project(
    env.DB,
    env.BODIES,
    (batch as MessageBatch<LogMessage>).messages.map((message) => message.body),
  );
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
    case "notice":
      return deliverNotice(env, job);
  }
}

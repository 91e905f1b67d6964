import type { LogMessage } from "../adapters/d1/log-message.ts";
import { project } from "../adapters/d1/project.ts";
import { type WakeJob, wakePage } from "./jobs.ts";

/** Log rows into D1 and R2, a batch at a time; jobs a page at a time. What fails comes again, and what comes twice is once. */
export async function consume(batch: MessageBatch<unknown>, env: Env): Promise<void> {
  if (batch.queue.endsWith("-jobs")) return consumeJobs(batch as MessageBatch<WakeJob>, env);
  await project(env.DB, env.BODIES, (batch as MessageBatch<LogMessage>).messages.map((message) => message.body));
}

async function consumeJobs(batch: MessageBatch<WakeJob>, env: Env): Promise<void> {
  for (const message of batch.messages) {
    try {
      await wakePage(env, message.body);
      message.ack();
    } catch (error) {
      console.error("a page of a fan-out failed; it comes again", error);
      message.retry();
    }
  }
}

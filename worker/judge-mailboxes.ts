import {
  forgetOutcomes,
  type JudgedMailbox,
  mailboxesSpokenOf,
  pauseMailbox,
  readSendingRecord,
} from "../adapters/d1/sending-record.ts";
import type { TellPausedJob } from "../core/jobs.ts";
import { reasonToPause } from "../core/mail/reputation.ts";

/** Longer than an outage of the log queue's consumer: what it didn't judge in passing, the sweep does. */
const SPOKEN_OF_WITHIN_MS = 24 * 3600_000;
const KEPT_MS = 90 * 24 * 3600_000;

/**
 * Stops each of these mailboxes whose messages come back, or are complained about, too often (threat T26), and tells the
 * tenant's endpoints. What waits for it is not lost: it is sent when the mailbox is on again.
 */
export async function judgeMailboxes(env: Env, mailboxes: readonly JudgedMailbox[], now: number): Promise<void> {
  for (const mailbox of mailboxes) {
    const reason = reasonToPause(await readSendingRecord(env.DB, mailbox));
    if (reason === null || !(await pauseMailbox(env.DB, mailbox, reason, now))) continue;
    await env.JOB_QUEUE.send({
      type: "tell_paused",
      mode: "live",
      ...mailbox,
      reason,
      at: now,
    } satisfies TellPausedJob);
  }
}

/** The sweep: whatever was not judged when the news came. */
export async function sweepMailboxes(env: Env, now: number): Promise<void> {
  await judgeMailboxes(env, await mailboxesSpokenOf(env.DB, now - SPOKEN_OF_WITHIN_MS), now);
  await forgetOutcomes(env.DB, now - KEPT_MS);
}

import { type InboundRow, isUnmatchedNews } from "../../adapters/d1/inbound-mail.ts";
import type { TellUnmatchedJob } from "../../core/jobs.ts";

const HOUR_MS = 3600_000;
/** A flood of strangers' mail is stored, all of it, but an endpoint need not hear of each. */
const TOLD_PER_HOUR_MAX = 100;
/** What a sender can write at any length is cut, so that the job fits into a queue message. */
const CHARACTERS_MAX = 1_000;

/**
 * Has the tenant's endpoints told of a mail that nobody could place. To be called before it is stored as unmatched: where
 * one of both fails, the mail comes again, and is told once more under the same id rather than never.
 */
export async function tellUnmatched(env: Env, mail: InboundRow, reason: string): Promise<void> {
  const { tenantId, mode, id, at } = mail;
  if (tenantId === null) return;
  if (!(await isUnmatchedNews(env.DB, { id, tenantId }, at - HOUR_MS, TOLD_PER_HOUR_MAX))) return;
  const data = {
    inboundId: id,
    suggestedEnrollmentId: mail.enrollmentId,
    reason,
    kind: mail.kind,
    from: cut(mail.fromEmail),
    to: mail.envelopeTo.slice(0, CHARACTERS_MAX),
    subject: mail.subject.slice(0, CHARACTERS_MAX),
    messageId: cut(mail.messageId),
    untrusted: true as const,
    excerpt: mail.excerpt,
  };
  await env.JOB_QUEUE.send({ type: "tell_unmatched", tenantId, mode, at, data } satisfies TellUnmatchedJob);
}

function cut(text: string | null): string | null {
  return text?.slice(0, CHARACTERS_MAX) ?? null;
}

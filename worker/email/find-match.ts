import { enrollmentsByHints, type MatchedEnrollment } from "../../adapters/d1/inbound-mail.ts";
import { isOurReplyToken } from "../../adapters/mail/reply-address.ts";
import type { InboundMail } from "../../core/mail/inbound.ts";
import { matchCandidates } from "../../core/mail/match.ts";

/** The enrollment that a mail leads to, and by which kind of hint. */
export interface Match {
  readonly enrollment: MatchedEnrollment;
  readonly by: string;
  /** Only a valid token may act; everything else is a suggestion for a person. */
  readonly proven: boolean;
}

/** The best hint that leads somewhere: a proven token first, then ids that only suggest. */
export async function findMatch(env: Env, mail: InboundMail): Promise<Match | null> {
  const candidates = matchCandidates(mail);
  if (candidates.length === 0) return null;
  const { byId, byMessageId } = await enrollmentsByHints(
    env.DB,
    candidates.flatMap((candidate) => (candidate.by === "token" ? [candidate.token.enrollmentId] : [])),
    candidates.flatMap((candidate) => (candidate.by === "token" ? [] : [candidate.value])),
  );
  let suggestion: Match | null = null;
  for (const candidate of candidates) {
    const { by } = candidate;
    const enrollment = by === "token" ? byId.get(candidate.token.enrollmentId) : byMessageId.get(candidate.value);
    if (enrollment === undefined) continue;
    const proven = by === "token" && (await isOurReplyToken(env, enrollment.tenantId, candidate.token));
    if (proven) return { enrollment, by, proven };
    suggestion ??= { enrollment, by, proven };
  }
  return suggestion;
}

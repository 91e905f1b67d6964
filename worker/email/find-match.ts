import { enrollmentsByHints, type MatchedEnrollment, type MatchedMessage } from "../../adapters/d1/inbound-mail.ts";
import { comparable } from "../../adapters/mail/ascii-domain.ts";
import { isOurReplyToken } from "../../adapters/mail/reply-address.ts";
import type { DkimEvidence } from "../../core/mail/dkim/verdict.ts";
import type { InboundMail } from "../../core/mail/inbound.ts";
import { type MatchCandidate, matchCandidates } from "../../core/mail/match.ts";

/** The enrollment that a mail leads to, and by which kind of hint. */
export interface Match {
  readonly enrollment: MatchedEnrollment;
  /** `token`, `in_reply_to`, `references`, `returned_message` or `sender`; with `+dkim` where that is what proves it. */
  readonly by: string;
  /** Only what is proven may act; everything else is a suggestion for a person. */
  readonly proven: boolean;
}

/** The best hint that leads somewhere: what is proven first, then ids that only suggest. */
export async function findMatch(env: Env, mail: InboundMail, auth: DkimEvidence): Promise<Match | null> {
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
    if (by === "token") {
      const enrollment = byId.get(candidate.token.enrollmentId);
      if (enrollment === undefined) continue;
      if (await isOurReplyToken(env, enrollment.tenantId, candidate.token)) return { enrollment, by, proven: true };
      suggestion ??= { enrollment, by, proven: false };
    } else {
      const message = byMessageId.get(candidate.value);
      if (message === undefined) continue;
      const { enrollment } = message;
      if (isLeadsAnswer(by, message, mail, auth)) return { enrollment, by: `${by}+dkim`, proven: true };
      suggestion ??= { enrollment, by, proven: false };
    }
  }
  return suggestion;
}

/**
 * The lead's own domain signed the mail, and it answers a message that went to the very address that it comes from. Who
 * knows that message's id had the message, and with it the reply token: so this proves no less.
 */
function isLeadsAnswer(
  by: MatchCandidate["by"],
  { enrollment, sentTo }: MatchedMessage,
  mail: InboundMail,
  auth: DkimEvidence,
): boolean {
  if (by !== "in_reply_to" && by !== "references") return false;
  if (auth.aligned !== true) return false;
  if (mail.from === null || sentTo === null || enrollment.leadEmail === null) return false;
  const author = comparable(mail.from.email);
  return author === comparable(sentTo) && author === comparable(enrollment.leadEmail);
}

import { unsubscribedEnrollment, writtenTo } from "../../adapters/d1/enrollments.ts";
import type { MatchedEnrollment } from "../../adapters/d1/inbound-mail.ts";
import type { AddedBy } from "../../adapters/d1/suppressions.ts";
import { isOurUnsubscribeToken } from "../../adapters/mail/unsubscribe.ts";
import type { UnsubscribeToken } from "../../core/mail/unsubscribe-token.ts";
import { enrollmentStub } from "../../durable-objects/stub.ts";
import { suppressNow } from "../suppress-now.ts";

/**
 * Somebody who holds the token wants no more mail: the address is suppressed at once, then the enrollment ends. Doing it
 * twice changes nothing more. Answers whose enrollment it is; null for a token that isn't ours. Rejects when D1 is away: then nobody may be told "done".
 */
export async function unsubscribe(
  env: Env,
  token: UnsubscribeToken,
  by: string,
  now: number,
  origin: Omit<AddedBy, "actor"> = {},
): Promise<MatchedEnrollment | null> {
  const enrollment = await unsubscribedEnrollment(env.DB, token.enrollmentId);
  if (enrollment === null || !(await isOurUnsubscribeToken(env, enrollment.tenantId, token))) return null;
  const { id, tenantId, leadEmail } = enrollment;
  // The link may stand in a mail to an address that the lead had before.
  const emails = [leadEmail, ...(await writtenTo(env.DB, tenantId, id))];
  await suppressNow(env, enrollment, emails, "unsubscribed", now, { ...origin, actor: { kind: "link", id } });
  // An object that was emptied long after its end has nothing left to stop.
  await enrollmentStub(env, tenantId, id).request({ type: "contact_refused", reason: "unsubscribed", by });
  return enrollment;
}

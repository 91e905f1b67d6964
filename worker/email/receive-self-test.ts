import { endSelfTest, mailboxOfSelfTest } from "../../adapters/d1/self-tests.ts";
import { isOurSelfTestToken } from "../../adapters/mail/self-test-address.ts";
import type { DkimEvidence } from "../../core/mail/dkim/verdict.ts";
import type { InboundMail } from "../../core/mail/inbound.ts";
import { selfTestArrival, selfTestCodeIn, selfTestTokenOf } from "../../core/mail/self-test.ts";

/**
 * A mailbox's test message has come in: what it was like is kept with the mailbox, and whether ids are kept is set by it.
 * False for any other mail, and for one that doesn't belong to the last test.
 */
export async function receiveSelfTest(env: Env, mail: InboundMail, auth: DkimEvidence, now: number): Promise<boolean> {
  const token = selfTestTokenOf(mail.envelopeTo);
  const code = selfTestCodeIn(mail);
  if (token === null || code === null) return false;
  const mailbox = await mailboxOfSelfTest(env.DB, token.mailboxId);
  if (mailbox === null || !(await isOurSelfTestToken(env, mailbox.tenantId, token))) return false;
  if (mailbox.record?.code !== code) return false;
  await endSelfTest(env.DB, mailbox, code, selfTestArrival(mail, code, auth, now));
  return true;
}

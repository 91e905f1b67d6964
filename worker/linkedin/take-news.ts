import { resumeLinkedinAccount } from "../../adapters/d1/linkedin-accounts.ts";
import { type ContactRow, findEnrollmentsByProfile } from "../../adapters/d1/linkedin-contacts.ts";
import type { ConnectedBy } from "../../core/events.ts";
import type { TellAccountJob } from "../../core/jobs.ts";
import type { LinkedinMessage, LinkedinNews } from "../../core/linkedin/provider.ts";
import { type AccountOf, stopAccount } from "../../durable-objects/stop-account.ts";
import { enrollmentStub } from "../../durable-objects/stub.ts";
import { wakeLater } from "../wake-later.ts";
import { receiveLinkedinMessage } from "./receive-message.ts";

/** Takes what a provider told. Rejects on our own trouble: then it is told, or asked for, again. Answers what it led to, in a word. */
export async function takeNews(env: Env, account: AccountOf, news: LinkedinNews, now: number): Promise<string> {
  switch (news.kind) {
    case "message":
      return takeMessage(env, account, news.message, "hook", now);
    case "connected": {
      const known = await findEnrollmentsByProfile(env.DB, account, news);
      const byName =
        known.length > 0 || news.publicId === null
          ? known
          : await findEnrollmentsByProfile(env.DB, account, { publicId: news.publicId });
      await tellConnected(env, account, byName, "hook");
      return byName.length === 0 ? "nobody of ours" : "connected";
    }
    case "account":
      await stopAccount(env, account, news.trouble, now);
      return news.trouble.state;
    case "account_ok":
      await takeWell(env, account, now);
      return "ok";
    case "ignored":
      return news.why;
  }
}

/** The account can act again. Whoever connected it anew wants it to: what waited goes on, and the endpoints are told. */
export async function takeWell(env: Env, account: AccountOf, now: number): Promise<void> {
  if (!(await resumeLinkedinAccount(env.DB, account, now))) return;
  const { tenantId, accountId, mode } = account;
  const data = { accountId, state: "ok", enabled: true, reason: null } as const;
  await env.JOB_QUEUE.send({ type: "tell_account", tenantId, mode, at: now, data } satisfies TellAccountJob);
  await wakeLater(env, { tenantId, mode }, { linkedinAccountId: accountId }, "switch_on");
}

/** A message of a person's conversation with the account. Its own comes back as an echo, and says nothing. */
export async function takeMessage(
  env: Env,
  account: AccountOf,
  message: LinkedinMessage,
  by: "hook" | "poll",
  now: number,
): Promise<string> {
  if (message.isOwn) return "our own";
  if (message.senderId === null) return "nobody named";
  const contacts = await findEnrollmentsByProfile(env.DB, account, { profileId: message.senderId });
  // What was said before anybody was enrolled answers nothing of ours.
  const owner = contacts.find(({ createdAt }) => createdAt <= message.at);
  if (owner === undefined) return "nobody of ours";
  await receiveLinkedinMessage(env, { ...account, enrollmentId: owner.enrollmentId }, message, by, now);
  return "received";
}

/** Tells these enrollments that their lead is connected with the account. Those that know it, or are gone, don't mind. */
export async function tellConnected(
  env: Env,
  { tenantId }: AccountOf,
  contacts: readonly Pick<ContactRow, "enrollmentId">[],
  by: ConnectedBy,
): Promise<void> {
  await Promise.all(
    contacts.map(({ enrollmentId }) => enrollmentStub(env, tenantId, enrollmentId).request({ type: "connected", by })),
  );
}

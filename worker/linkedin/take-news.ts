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
      return takeHooked(env, account, news.message, now);
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

/** A message as the hook told it. The account's own comes back as an echo, and says nothing. */
async function takeHooked(env: Env, account: AccountOf, message: LinkedinMessage, now: number): Promise<string> {
  if (message.isOwn || message.senderId === null) return message.isOwn ? "our own" : "nobody named";
  const contacts = await findEnrollmentsByProfile(env.DB, account, { profileId: message.senderId });
  const owner = ownerOf(contacts, message);
  if (owner === null) return "nobody of ours";
  await takeMessage(env, account, owner, message, "hook", now);
  return "received";
}

/** Whose message it is: the newest enrollment with whoever wrote it. What was said before anybody was enrolled answers nothing of ours. */
export function ownerOf(
  contacts: readonly ContactRow[],
  { senderId, at, isOwn }: Pick<LinkedinMessage, "senderId" | "at" | "isOwn">,
): ContactRow | null {
  if (isOwn || senderId === null) return null;
  const [newest] = contacts
    .filter(({ profileId, createdAt }) => profileId === senderId && createdAt <= at)
    .toSorted((one, other) => other.createdAt - one.createdAt);
  return newest ?? null;
}

/**
 * A message of a lead's, taken; false where their enrollment ended so long ago that nothing is left of it: then it is a
 * private message like any other, and isn't kept.
 */
export async function takeMessage(
  env: Env,
  account: AccountOf,
  { enrollmentId }: ContactRow,
  message: LinkedinMessage,
  by: "hook" | "poll",
  now: number,
): Promise<boolean> {
  const stub = enrollmentStub(env, account.tenantId, enrollmentId);
  // An object that can't say is there: what it can't take now is kept for it.
  const isThere = await stub.read().then(
    (state) => state !== null,
    () => true,
  );
  if (isThere) await receiveLinkedinMessage(env, { ...account, enrollmentId }, message, by, now);
  return true;
}

/** Tells these enrollments that their lead is connected with the account. Those that know it, or are gone, don't mind; one that can't be told now is the next time. */
export async function tellConnected(
  env: Env,
  { tenantId }: AccountOf,
  contacts: readonly Pick<ContactRow, "enrollmentId" | "profileId">[],
  by: ConnectedBy,
): Promise<void> {
  const told = await Promise.allSettled(
    contacts.map(({ enrollmentId, profileId }) =>
      enrollmentStub(env, tenantId, enrollmentId).request({ type: "connected", by, profileId }),
    ),
  );
  const failed = told.find((one) => one.status === "rejected");
  // A hook that isn't taken comes again; a list is read again anyway.
  if (failed !== undefined && by === "hook") throw failed.reason;
  if (failed !== undefined)
    console.error("an enrollment could not be told of its acceptance; it is, the next time", failed.reason);
}

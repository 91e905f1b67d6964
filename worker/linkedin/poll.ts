import { dueForPolling, type PolledAccount, polledAccount, setPolled } from "../../adapters/d1/linkedin-accounts.ts";
import { contactsAmong } from "../../adapters/d1/linkedin-contacts.ts";
import { linkedinProviderFor } from "../../adapters/linkedin/provider-for.ts";
import type { PollLinkedinJob } from "../../core/jobs.ts";
import type { AccountTrouble, LinkedinProvider } from "../../core/linkedin/provider.ts";
import { hurryOf } from "../../durable-objects/hurry.ts";
import { type AccountOf, stopAccount } from "../../durable-objects/stop-account.ts";
import { careForInvitations } from "./care-for-invitations.ts";
import { readPages } from "./read-pages.ts";
import { ownerOf, takeMessage, takeWell } from "./take-news.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** An account is asked some times a day, never on the clock: LinkedIn looks for that. */
const POLL_EVERY_MS = 4 * HOUR_MS;
/** Whoever couldn't be asked is, the next time, after this. */
const POLL_AGAIN_MS = 30 * MINUTE_MS;
const ACCOUNTS_AT_ONCE = 20;
/** A hook that is late by this much is no news any more. */
const OVERLAP_MS = 10 * MINUTE_MS;

/** The sweep: accounts whose turn it is are asked by a job each. Each has its next time first, so that no job comes twice. */
export async function pollDueLinkedin(env: Env, now: number): Promise<void> {
  for (const { id: accountId, tenantId, polledAt } of await dueForPolling(env.DB, now, ACCOUNTS_AT_ONCE)) {
    const next = { polledAt: polledAt ?? now, pollNextAt: now + nextPollMs(env), messagesSeenUntil: null };
    await setPolled(env.DB, { tenantId, accountId }, next);
    await env.JOB_QUEUE.send({ type: "poll_linkedin", tenantId, accountId } satisfies PollLinkedinJob);
  }
}

/**
 * Asks an account's provider for what it may not have told: acceptances (up to 8 hours late, or never), replies whose hook was
 * lost, and how the account stands; and withdraws invitations that nobody has answered in time. What is told twice is one.
 * What can't be done now is by a later round: a job that came again would ask for everything once more.
 */
export async function pollLinkedin(env: Env, { tenantId, accountId }: PollLinkedinJob): Promise<void> {
  const now = Date.now();
  const account = await polledAccount(env.DB, { tenantId, accountId });
  const way = account === null ? null : await linkedinProviderFor(env, tenantId, account);
  if (account === null || way === null) return;
  const of: AccountOf = { tenantId, accountId, mode: account.mode };
  try {
    const { seenUntil, trouble, isReached } = await ask(env, of, account, way.provider, now);
    if (trouble !== null) await stopAccount(env, of, trouble, now);
    const pollNextAt = now + nextPollMs(env, isReached ? POLL_EVERY_MS : POLL_AGAIN_MS);
    await setPolled(env.DB, of, { polledAt: now, pollNextAt, messagesSeenUntil: seenUntil });
  } catch (error) {
    console.error(`LinkedIn account ${accountId} could not be asked; it is at its next time`, error);
  }
}

interface Asked {
  /** Up to where (ms) messages were read; null: no farther than before. */
  readonly seenUntil: number | null;
  readonly trouble: AccountTrouble | null;
  readonly isReached: boolean;
}

async function ask(
  env: Env,
  of: AccountOf,
  account: PolledAccount,
  provider: LinkedinProvider,
  now: number,
): Promise<Asked> {
  const standing = await provider.account();
  if (standing.kind === "account") return { seenUntil: null, trouble: standing.trouble, isReached: true };
  if (standing.kind === "failed") return { seenUntil: null, trouble: null, isReached: false };
  await takeWell(env, of, now);
  const messages = await readMessages(env, of, provider, account.messagesSeenUntil ?? account.createdAt, now);
  // An account that is off does nothing but listen.
  const trouble =
    messages.trouble ?? (account.enabled ? await careForInvitations(env, of, account, provider, now) : null);
  return { seenUntil: messages.isRead ? now - OVERLAP_MS : null, trouble, isReached: true };
}

/** Replies whose hooks were lost, in the order in which they were written, as hooks would have told them. */
async function readMessages(
  env: Env,
  of: AccountOf,
  provider: LinkedinProvider,
  seenUntil: number,
  now: number,
): Promise<{ readonly isRead: boolean; readonly trouble: AccountTrouble | null }> {
  const { items, end, trouble } = await readPages((cursor) => provider.messagesSince(seenUntil, cursor));
  const theirs = items.filter(({ isOwn, senderId }) => !isOwn && senderId !== null).toSorted((a, b) => a.at - b.at);
  const contacts = await contactsAmong(env.DB, of, [...new Set(theirs.flatMap(({ senderId }) => senderId ?? []))]);
  let isTaken = true;
  for (const message of theirs) {
    const owner = ownerOf(contacts, message);
    if (owner === null) continue;
    // One that can't be taken now keeps no other back; all of them are read again.
    isTaken = (await takeMessage(env, of, owner, message, "poll", now).catch(untaken)) && isTaken;
  }
  if (end === "cut") console.error(`more than a thousand messages of LinkedIn account ${of.accountId} at once`);
  return { isRead: end !== "broken" && isTaken, trouble };
}

function untaken(error: unknown): false {
  console.error("a message on LinkedIn could not be taken; it is asked for again", error);
  return false;
}

function nextPollMs(env: Env, everyMs = POLL_EVERY_MS): number {
  return Math.round((everyMs * (0.5 + Math.random())) / hurryOf(env));
}

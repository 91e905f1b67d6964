import { dueForPolling, polledAccount, setPolled } from "../../adapters/d1/linkedin-accounts.ts";
import {
  type ContactRow,
  contactsAmong,
  openInvitations,
  staleInvitations,
} from "../../adapters/d1/linkedin-contacts.ts";
import { linkedinProviderFor } from "../../adapters/linkedin/provider-for.ts";
import type { PollLinkedinJob } from "../../core/jobs.ts";
import type { LinkedinProvider, PageResult, SentInvitation } from "../../core/linkedin/provider.ts";
import { hurryOf } from "../../durable-objects/hurry.ts";
import { type AccountOf, stopAccount } from "../../durable-objects/stop-account.ts";
import { enrollmentStub } from "../../durable-objects/stub.ts";
import { takeMessage, takeWell, tellConnected } from "./take-news.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** An account is asked some times a day, never on the clock: LinkedIn looks for that. */
const POLL_EVERY_MS = 4 * HOUR_MS;
/** Until a job that a crash cut off is queued again. */
const LEASE_MS = 15 * MINUTE_MS;
const ACCOUNTS_AT_ONCE = 20;
/** Pages of a hundred: what an account may have missed in a few hours, and no more of its budget. */
const PAGES_MAX = 10;
/** A hook that is late by this much is no news any more. */
const OVERLAP_MS = 10 * MINUTE_MS;
/** Profile views are dear: so many people are looked up who are in neither list. */
const LOOKED_UP_MAX = 5;
const WITHDRAWN_AT_ONCE = 10;
const OPEN_MAX = 1_000;
/** An invitation that was sent just now may not be in the list yet. */
const SETTLES_MS = HOUR_MS;
/** A person settles what is in doubt, or it is looked up, within this. */
const MAY_BE_INVITED_MS = 3 * DAY_MS;

/** The sweep: accounts whose turn it is are asked by a job each. */
export async function pollDueLinkedin(env: Env, now: number): Promise<void> {
  for (const { id: accountId, tenantId, polledAt } of await dueForPolling(env.DB, now, ACCOUNTS_AT_ONCE)) {
    const lease = { polledAt: polledAt ?? now, pollNextAt: now + LEASE_MS, messagesSeenUntil: null };
    await setPolled(env.DB, { tenantId, accountId }, lease);
    await env.JOB_QUEUE.send({ type: "poll_linkedin", tenantId, accountId } satisfies PollLinkedinJob);
  }
}

/**
 * Asks an account's provider for what it may not have told: acceptances (up to 8 hours late, or never), replies whose hook was
 * lost, and how the account stands; and withdraws invitations that nobody has answered in time. What is told twice is one.
 */
export async function pollLinkedin(env: Env, { tenantId, accountId }: PollLinkedinJob): Promise<void> {
  const now = Date.now();
  const account = await polledAccount(env.DB, { tenantId, accountId });
  const way = account === null ? null : await linkedinProviderFor(env, tenantId, account);
  if (account === null || way === null) return;
  const of: AccountOf = { tenantId, accountId, mode: account.mode };
  const again = (messagesSeenUntil: number | null) =>
    setPolled(env.DB, of, { polledAt: now, pollNextAt: now + nextPollMs(env), messagesSeenUntil });
  const standing = await way.provider.account();
  if (standing.kind === "account") {
    await stopAccount(env, of, standing.trouble, now);
    return again(null);
  }
  if (standing.kind === "ok") await takeWell(env, of, now);
  const seenUntil = account.messagesSeenUntil ?? account.createdAt;
  const isRead = await readMessages(env, of, way.provider, seenUntil, now);
  await findAcceptances(env, of, way.provider, now);
  if (account.enabled && account.withdrawAfterDays !== null)
    await withdrawStale(env, of, way.provider, now - account.withdrawAfterDays * DAY_MS);
  await again(isRead ? now - OVERLAP_MS : null);
}

/** Replies whose hooks were lost. False where not all could be read: then they are read again. */
async function readMessages(
  env: Env,
  of: AccountOf,
  provider: LinkedinProvider,
  seenUntil: number,
  now: number,
): Promise<boolean> {
  const { items, isWhole } = await pages((cursor) => provider.messagesSince(seenUntil, cursor));
  // In the order in which they were written, as hooks would have told them.
  for (const message of items.toSorted((a, b) => a.at - b.at)) await takeMessage(env, of, message, "poll", now);
  return isWhole;
}

/** Who has accepted: whoever is among the relations; or is in no list any more, and is looked up. */
async function findAcceptances(env: Env, of: AccountOf, provider: LinkedinProvider, now: number): Promise<void> {
  const open = await openInvitations(env.DB, of, OPEN_MAX, null);
  const relations = await pages((cursor) => provider.relations(cursor));
  const related = new Set(relations.items.map(({ profileId }) => profileId));
  const contacts = await contactsAmong(env.DB, of, [...related]);
  const news = contacts.filter((contact) => isNews(contact, now));
  await tellConnected(env, of, news, "poll");
  if (open.length === 0) return;
  const sent = await pages((cursor) => provider.sentInvitations(cursor));
  if (!sent.isWhole) return;
  const isSent = (profileId: string) => sent.items.some((invitation) => invitation.profileId === profileId);
  const gone = open.filter(
    ({ profileId, invitedAt }) =>
      !related.has(profileId) && !isSent(profileId) && (invitedAt ?? now) < now - SETTLES_MS,
  );
  for (const contact of gone.slice(0, LOOKED_UP_MAX)) {
    const found = await provider.findProfile(contact.profileId);
    if (found.kind !== "found") continue;
    if (found.profile.isConnected) await tellConnected(env, of, [contact], "poll");
    else if (found.profile.isInvited !== true)
      await tellWithdrawn(env, of, contact.enrollmentId, contact.invitationId, "gone");
  }
}

/** An open invitation; or one that may have been taken, which only the enrollment knows of: it is told for some days. */
function isNews({ acceptedAt, invitedAt, createdAt }: ContactRow, now: number): boolean {
  return acceptedAt === null && (invitedAt !== null || createdAt > now - MAY_BE_INVITED_MS);
}

/** Invitations that nobody has answered: too many of them open cost an account its standing. */
async function withdrawStale(env: Env, of: AccountOf, provider: LinkedinProvider, before: number): Promise<void> {
  const stale = await staleInvitations(env.DB, of, before, WITHDRAWN_AT_ONCE);
  if (stale.length === 0) return;
  let sent: readonly SentInvitation[] | null = null;
  for (const { enrollmentId, profileId, invitationId } of stale) {
    sent ??= invitationId === null ? (await pages((cursor) => provider.sentInvitations(cursor))).items : null;
    const id = invitationId ?? sent?.find((invitation) => invitation.profileId === profileId)?.id ?? null;
    if (id === null) continue;
    const { kind } = await provider.withdraw(id);
    if (kind === "account" || kind === "failed") return;
    if (kind === "withdrawn") await tellWithdrawn(env, of, enrollmentId, invitationId, "account_guard");
  }
}

async function tellWithdrawn(
  env: Env,
  { tenantId }: AccountOf,
  enrollmentId: string,
  invitationId: string | null,
  by: string,
): Promise<void> {
  const event = { type: "invitation_withdrawn", by, invitationId: invitationId ?? "" } as const;
  await enrollmentStub(env, tenantId, enrollmentId).request(event);
}

/** All pages of a list, as far as they are read; `isWhole` where none was left out. */
async function pages<Item>(
  read: (cursor: string | null) => Promise<PageResult<Item>>,
): Promise<{ readonly items: readonly Item[]; readonly isWhole: boolean }> {
  const items: Item[] = [];
  let cursor: string | null = null;
  for (let n = 0; n < PAGES_MAX; n += 1) {
    const page: PageResult<Item> = await read(cursor);
    if (page.kind !== "page") return { items, isWhole: false };
    items.push(...page.items);
    if (page.cursor === null) return { items, isWhole: true };
    cursor = page.cursor;
  }
  return { items, isWhole: false };
}

function nextPollMs(env: Env): number {
  return Math.round((POLL_EVERY_MS * (0.5 + Math.random())) / hurryOf(env));
}

import type { PolledAccount } from "../../adapters/d1/linkedin-accounts.ts";
import {
  type ContactRow,
  contactsAmong,
  openInvitations,
  staleInvitations,
} from "../../adapters/d1/linkedin-contacts.ts";
import { openDatabase } from "../../adapters/d1/tenant-db.ts";
import { readTenant } from "../../adapters/d1/tenants.ts";
import type { AccountTrouble, LinkedinProvider } from "../../core/linkedin/provider.ts";
import { isOpen } from "../../core/opening.ts";
import { capZone } from "../../core/pace/cap-zone.ts";
import { anyTime } from "../../core/pace/openings.ts";
import { UNPACED } from "../../core/pace/settings.ts";
import { askForPlace } from "../../durable-objects/ask-pace.ts";
import type { AccountOf } from "../../durable-objects/stop-account.ts";
import { enrollmentStub } from "../../durable-objects/stub.ts";
import { readPages } from "./read-pages.ts";
import { tellConnected } from "./take-news.ts";

const HOUR_MS = 3600_000;
const DAY_MS = 24 * HOUR_MS;
/** Profile views are dear: so many people are looked up who are in neither list. */
const LOOKED_UP_MAX = 5;
const WITHDRAWN_AT_ONCE = 3;
const OPEN_MAX = 1_000;
const STALE_MAX = 100;
/** An invitation that was sent just now may not be in the list yet. */
const SETTLES_MS = HOUR_MS;
/** A person settles what is in doubt, or it is looked up, within this. */
const MAY_BE_INVITED_MS = 3 * DAY_MS;

/**
 * Who has accepted is told; in the account's own hours those are looked up who are in no list any more, and invitations that
 * nobody has answered are withdrawn. Answers what keeps the account from acting, where that came to light.
 */
export async function careForInvitations(
  env: Env,
  of: AccountOf,
  account: PolledAccount,
  provider: LinkedinProvider,
  now: number,
): Promise<AccountTrouble | null> {
  const open = await openInvitations(env.DB, of, OPEN_MAX, null);
  const relations = await readPages((cursor) => provider.relations(cursor));
  if (relations.trouble !== null) return relations.trouble;
  const related = new Set(relations.items.map(({ profileId }) => profileId));
  const contacts = await contactsAmong(env.DB, of, [...related]);
  await tellConnected(
    env,
    of,
    contacts.filter((contact) => isNews(contact, now)),
    "poll",
  );
  const waiting = open.filter(({ profileId }) => !related.has(profileId));
  const { timeZone: tenantZone } = await readTenant({ db: openDatabase(env.DB), ...of });
  const { timeZone } = capZone(account.timeZone, tenantZone, "account");
  const isAtWork =
    account.workingHours.length === 0 || isOpen(now, timeZone, { windows: account.workingHours, closedOn: () => null });
  if (waiting.length === 0 || !isAtWork) return null;
  const sent = await readPages((cursor) => provider.sentInvitations(cursor));
  if (sent.trouble !== null) return sent.trouble;
  const idOf = new Map(sent.items.map(({ profileId, id }) => [profileId, id]));
  // Who is sure to be listed, and isn't.
  const isKnown = sent.end === "whole" && sent.items.every(({ profileId }) => profileId !== null);
  const gone = isKnown
    ? waiting.filter(({ profileId, invitedAt }) => !idOf.has(profileId) && (invitedAt ?? now) < now - SETTLES_MS)
    : [];
  const trouble = await lookUp(env, of, { ...account, timeZone }, provider, someOf(gone, LOOKED_UP_MAX));
  if (trouble !== null || account.withdrawAfterDays === null) return trouble;
  const stale = await staleInvitations(env.DB, of, now - account.withdrawAfterDays * DAY_MS, STALE_MAX);
  const withIds = stale.flatMap((contact) => {
    const id = contact.invitationId ?? idOf.get(contact.profileId);
    return id === undefined || !idOf.has(contact.profileId) ? [] : [{ ...contact, id }];
  });
  return withdraw(env, of, provider, someOf(withIds, WITHDRAWN_AT_ONCE));
}

/** An open invitation; or one that may have been taken, which only the enrollment knows of: it is told for some days. */
function isNews({ acceptedAt, invitedAt, createdAt }: ContactRow, now: number): boolean {
  return acceptedAt === null && (invitedAt !== null || createdAt > now - MAY_BE_INVITED_MS);
}

/** Whether these people are connected by now, as far as the day's profile views reach. */
async function lookUp(
  env: Env,
  of: AccountOf,
  { profileViewsPerDay, timeZone }: PolledAccount & { readonly timeZone: string },
  provider: LinkedinProvider,
  contacts: readonly ContactRow[],
): Promise<AccountTrouble | null> {
  for (const contact of contacts) {
    const place = await askForPlace(env, of.tenantId, `${of.accountId}/profile-views`, {
      id: `poll ${crypto.randomUUID()}`,
      to: "claim",
      repeats: false,
      pace: { ...UNPACED, dailySendCap: profileViewsPerDay },
      timeZone,
      opening: anyTime(timeZone),
    });
    if (!place.granted) return null;
    const found = await provider.findProfile(contact.profileId);
    if (found.kind === "account") return found.trouble;
    if (found.kind === "found" && found.profile.isConnected) await tellConnected(env, of, [contact], "poll");
    else if (found.kind === "unreachable" || (found.kind === "found" && found.profile.isInvited === false))
      await tellWithdrawn(env, of, contact, "gone");
  }
  return null;
}

/** Invitations that nobody has answered: too many of them open cost an account its standing. */
async function withdraw(
  env: Env,
  of: AccountOf,
  provider: LinkedinProvider,
  stale: readonly (ContactRow & { readonly id: string })[],
): Promise<AccountTrouble | null> {
  for (const contact of stale) {
    const result = await provider.withdraw(contact.id);
    if (result.kind === "account") return result.trouble;
    if (result.kind === "withdrawn") await tellWithdrawn(env, of, contact, "account_guard");
  }
  return null;
}

async function tellWithdrawn(
  env: Env,
  { tenantId }: AccountOf,
  { enrollmentId, invitationId }: ContactRow,
  by: string,
): Promise<void> {
  const event = { type: "invitation_withdrawn", by, invitationId: invitationId ?? "" } as const;
  await enrollmentStub(env, tenantId, enrollmentId).request(event);
}

/** Some of them by chance, so that nobody who can't be settled stands before all others for ever. */
function someOf<Item>(items: readonly Item[], most: number): readonly Item[] {
  return items
    .map((item) => ({ item, by: Math.random() }))
    .toSorted((a, b) => a.by - b.by)
    .slice(0, most)
    .map(({ item }) => item);
}

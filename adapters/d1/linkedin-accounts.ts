import { desc, eq, lt, ne, sql } from "drizzle-orm";
import { SendingWindows } from "../../core/contract/sending-times.ts";
import type { Mode } from "../../core/enrollment.ts";
import type { AccountTrouble } from "../../core/linkedin/provider.ts";
import type { SendingWindow } from "../../core/opening.ts";
import { actOfChange, systemAct } from "./audit-log.ts";
import { linkedinAccounts } from "./linkedin-schema.ts";
import type { Page } from "./page.ts";
import { cadences, cadenceVersions, enrollments } from "./schema.ts";
import { own, type Tenant } from "./tenant-db.ts";

export type LinkedinAccountRow = typeof linkedinAccounts.$inferSelect;

/** An account's own columns, without what the repository adds. JSON is text, secrets are sealed. */
export type NewLinkedinAccount = Omit<
  LinkedinAccountRow,
  | "seq"
  | "tenantId"
  | "mode"
  | "state"
  | "stateAt"
  | "isDefault"
  | "enabled"
  | "pausedReason"
  | "invitationsRestUntil"
  | "messagesRestUntil"
  | "polledAt"
  | "createdAt"
  | "updatedAt"
>;

/** What may be changed; what is left out stays. */
export type LinkedinAccountChanges = Partial<
  Omit<LinkedinAccountRow, "seq" | "id" | "tenantId" | "mode" | "provider" | "isDefault" | "createdAt" | "updatedAt">
>;

/** Keeps a new account, made at `at` (ms). `isDefault` null means: if the mode has none yet. */
export async function insertLinkedinAccount(
  tenant: Tenant,
  account: NewLinkedinAccount,
  isDefault: boolean | null,
  at: number,
): Promise<LinkedinAccountRow> {
  const first = sql<number>`NOT EXISTS (SELECT 1 FROM ${linkedinAccounts} WHERE ${linkedinAccounts.tenantId} = ${tenant.tenantId} AND ${linkedinAccounts.mode} = ${tenant.mode} AND ${linkedinAccounts.isDefault} = 1)`;
  const insert = tenant.db
    .insert(linkedinAccounts)
    .values({
      ...account,
      tenantId: tenant.tenantId,
      mode: tenant.mode,
      isDefault: isDefault === null ? first : isDefault ? 1 : 0,
      createdAt: at,
      updatedAt: at,
    })
    .returning();
  // One batch is one transaction: there is never a moment with two defaults.
  const [[row]] = await tenant.db.batch([
    insert,
    clearOtherDefaults(tenant, isDefault === true ? account.id : null, at),
  ]);
  if (row === undefined) throw new Error("an insert returned no row");
  return row;
}

/** Newest first; one row more than the page. */
export async function listLinkedinAccounts(tenant: Tenant, page: Page): Promise<LinkedinAccountRow[]> {
  const before = page.before === null ? undefined : lt(linkedinAccounts.seq, page.before);
  return tenant.db
    .select()
    .from(linkedinAccounts)
    .where(own(tenant, linkedinAccounts, before))
    .orderBy(desc(linkedinAccounts.seq))
    .limit(page.limit + 1);
}

export async function findLinkedinAccount(tenant: Tenant, id: string): Promise<LinkedinAccountRow | null> {
  return (
    (await tenant.db
      .select()
      .from(linkedinAccounts)
      .where(own(tenant, linkedinAccounts, eq(linkedinAccounts.id, id)))
      .get()) ?? null
  );
}

/** Which account acts where none is named; null when the mode has none. */
export async function findDefaultLinkedinAccount(tenant: Tenant): Promise<LinkedinAccountRow | null> {
  return (
    (await tenant.db
      .select()
      .from(linkedinAccounts)
      .where(own(tenant, linkedinAccounts, eq(linkedinAccounts.isDefault, 1)))
      .get()) ?? null
  );
}

/** Null when there is no such account. With `makeDefault` the one before is it no longer. `before` is read in the same transaction. */
export async function updateLinkedinAccount(
  tenant: Tenant,
  id: string,
  changes: LinkedinAccountChanges,
  makeDefault: boolean,
  at: number,
): Promise<{ readonly before: LinkedinAccountRow; readonly after: LinkedinAccountRow } | null> {
  const read = tenant.db
    .select()
    .from(linkedinAccounts)
    .where(own(tenant, linkedinAccounts, eq(linkedinAccounts.id, id)));
  const update = tenant.db
    .update(linkedinAccounts)
    .set({ ...changes, ...(makeDefault ? { isDefault: 1 } : {}), updatedAt: at })
    .where(own(tenant, linkedinAccounts, eq(linkedinAccounts.id, id)))
    .returning();
  const clear = clearOtherDefaults(tenant, makeDefault ? id : null, at);
  const [[before], [after]] = await tenant.db.batch([read, update, clear]);
  return before === undefined || after === undefined ? null : { before, after };
}

/** Deletes it, and answers what it was, unless a cadence, a published version or a live enrollment names it. */
export async function deleteLinkedinAccount(
  tenant: Tenant,
  id: string,
): Promise<LinkedinAccountRow | "in_use" | "not_found"> {
  const [gone] = await tenant.db
    .delete(linkedinAccounts)
    .where(
      own(
        tenant,
        linkedinAccounts,
        eq(linkedinAccounts.id, id),
        sql`NOT EXISTS (SELECT 1 FROM ${cadences} WHERE ${cadences.tenantId} = ${tenant.tenantId} AND ${cadences.linkedinAccountId} = ${id})`,
        sql`NOT EXISTS (SELECT 1 FROM ${cadenceVersions} WHERE ${cadenceVersions.tenantId} = ${tenant.tenantId} AND ${cadenceVersions.linkedinAccountId} = ${id})`,
        sql`NOT EXISTS (SELECT 1 FROM ${enrollments} WHERE ${enrollments.tenantId} = ${tenant.tenantId} AND ${enrollments.linkedinAccountId} = ${id} AND ${enrollments.state} IN ('active', 'paused', 'held'))`,
      ),
    )
    .returning();
  if (gone !== undefined) return gone;
  return (await findLinkedinAccount(tenant, id)) === null ? "not_found" : "in_use";
}

/** Takes the default from all but `keepId`, if that is an account of this tenant and mode; null takes it from none. */
function clearOtherDefaults(tenant: Tenant, keepId: string | null, at: number) {
  const isOurs = sql`EXISTS (SELECT 1 FROM ${linkedinAccounts} WHERE ${own(tenant, linkedinAccounts, eq(linkedinAccounts.id, keepId ?? ""))})`;
  return tenant.db
    .update(linkedinAccounts)
    .set({ isDefault: 0, updatedAt: at })
    .where(
      own(tenant, linkedinAccounts, eq(linkedinAccounts.isDefault, 1), ne(linkedinAccounts.id, keepId ?? ""), isOurs),
    );
}

/** One account of one tenant. */
export interface AccountRef {
  readonly tenantId: string;
  readonly accountId: string;
}

/**
 * Stops an account that can't act, with the reason that its owner will read, and says so in the audit log. False when it was
 * off already; its state is noted then too.
 */
export async function pauseLinkedinAccount(
  db: D1Database,
  { tenantId, accountId, mode }: AccountRef & { readonly mode: Mode },
  { state, detail }: AccountTrouble,
  now: number,
): Promise<boolean> {
  const off = db
    .prepare(
      "UPDATE linkedin_accounts SET enabled = 0, paused_reason = ?3, updated_at = ?4 WHERE id = ?1 AND tenant_id = ?2 AND enabled = 1",
    )
    .bind(accountId, tenantId, detail, now);
  const act = systemAct("account_guard", "linkedin_account.pause", { kind: "linkedin_account", id: accountId });
  const before = { enabled: true, pausedReason: null };
  const after = { enabled: false, pausedReason: detail };
  // The state while it was on: what stops it says why it is off, and a later word doesn't.
  const [, done] = await db.batch([
    stateStatement(db, { tenantId, accountId }, state, now),
    off,
    actOfChange(db, { ...act, tenantId, mode, at: now, before, after }),
  ]);
  return (done?.meta.changes ?? 0) > 0;
}

/**
 * The account can act again. One that was switched off because it was disconnected is on again, and that is in the audit
 * log; one that was restricted, or that a person switched off, stays off. Answers whether it was switched on.
 */
export async function resumeLinkedinAccount(
  db: D1Database,
  { tenantId, accountId, mode }: AccountRef & { readonly mode: Mode },
  now: number,
): Promise<boolean> {
  const on = db
    .prepare(
      "UPDATE linkedin_accounts SET enabled = 1, paused_reason = NULL, updated_at = ?3 WHERE id = ?1 AND tenant_id = ?2 AND enabled = 0 AND state = 'disconnected' AND paused_reason IS NOT NULL",
    )
    .bind(accountId, tenantId, now);
  const act = systemAct("account_guard", "linkedin_account.resume", { kind: "linkedin_account", id: accountId });
  const [done] = await db.batch([
    on,
    actOfChange(db, { ...act, tenantId, mode, at: now, before: { enabled: false }, after: { enabled: true } }),
    stateStatement(db, { tenantId, accountId }, "ok", now),
  ]);
  return (done?.meta.changes ?? 0) > 0;
}

/** One that was switched off as restricted stays that until a person switches it on: no other word of the provider's is about it. */
function stateStatement(
  db: D1Database,
  { tenantId, accountId }: AccountRef,
  state: LinkedinAccountRow["state"],
  now: number,
): D1PreparedStatement {
  return db
    .prepare(
      "UPDATE linkedin_accounts SET state = ?3, state_at = ?4 WHERE id = ?1 AND tenant_id = ?2 AND NOT (state = 'restricted' AND enabled = 0)",
    )
    .bind(accountId, tenantId, state, now);
}

/** None of these leaves before `until` (ms), since LinkedIn has said that it is enough; a longer rest stays. */
export async function restLinkedinAccount(
  db: D1Database,
  { tenantId, accountId }: AccountRef,
  what: "invitations" | "messages",
  until: number,
): Promise<void> {
  const column = what === "invitations" ? "invitations_rest_until" : "messages_rest_until";
  await db
    .prepare(
      `UPDATE linkedin_accounts SET ${column} = max(coalesce(${column}, 0), ?3) WHERE id = ?1 AND tenant_id = ?2`,
    )
    .bind(accountId, tenantId, until)
    .run();
}

/** An account whose provider is to be asked what it didn't tell. Times are milliseconds; `settings` is JSON, `secret` sealed. */
export interface PolledAccount {
  readonly id: string;
  readonly tenantId: string;
  readonly mode: Mode;
  readonly provider: "unipile";
  readonly settings: string;
  readonly secret: string | null;
  readonly enabled: boolean;
  readonly state: LinkedinAccountRow["state"];
  readonly withdrawAfterDays: number | null;
  readonly polledAt: number | null;
  readonly messagesSeenUntil: number | null;
  readonly createdAt: number;
  readonly timeZone: string | null;
  readonly workingHours: readonly SendingWindow[];
  readonly profileViewsPerDay: number;
}

/** One of them; null where it isn't asked by anybody any more. */
export async function polledAccount(
  db: D1Database,
  { tenantId, accountId }: AccountRef,
): Promise<PolledAccount | null> {
  const row = await db
    .prepare(`SELECT ${POLLED} FROM linkedin_accounts WHERE id = ?1 AND tenant_id = ?2 AND provider = 'unipile'`)
    .bind(accountId, tenantId)
    .first<PolledRow>();
  return row === null ? null : readPolled(row);
}

type PolledRow = Omit<PolledAccount, "enabled" | "workingHours"> & {
  readonly enabled: number;
  readonly workingHours: string;
};

function readPolled(row: PolledRow): PolledAccount {
  return { ...row, enabled: row.enabled === 1, workingHours: SendingWindows.parse(JSON.parse(row.workingHours)) };
}

const POLLED = `id, tenant_id AS tenantId, mode, provider, settings, secret, enabled, state, withdraw_after_days AS withdrawAfterDays,
  polled_at AS polledAt, messages_seen_until AS messagesSeenUntil, created_at AS createdAt,
  time_zone AS timeZone, working_hours AS workingHours, profile_views_per_day AS profileViewsPerDay`;

/** Accounts of all tenants that are due by `now` (ms), who waited longest first. Those that are off too: people still reply. */
export async function dueForPolling(db: D1Database, now: number, limit: number): Promise<readonly PolledAccount[]> {
  const { results } = await db
    .prepare(
      `SELECT ${POLLED} FROM linkedin_accounts WHERE poll_next_at IS NOT NULL AND poll_next_at <= ?1 AND provider = 'unipile' AND secret IS NOT NULL ORDER BY poll_next_at LIMIT ?2`,
    )
    .bind(now, limit)
    .all<PolledRow>();
  return results.map(readPolled);
}

/** The account's provider was asked at `polledAt` (ms), and is to be asked again at `pollNextAt`. What was seen goes only forward. */
export async function setPolled(
  db: D1Database,
  { tenantId, accountId }: AccountRef,
  polled: { readonly polledAt: number; readonly pollNextAt: number; readonly messagesSeenUntil: number | null },
): Promise<void> {
  await db
    .prepare(
      `UPDATE linkedin_accounts SET polled_at = ?3, poll_next_at = ?4, messages_seen_until = max(coalesce(messages_seen_until, ?5), coalesce(?5, messages_seen_until))
       WHERE id = ?1 AND tenant_id = ?2`,
    )
    .bind(accountId, tenantId, polled.polledAt, polled.pollNextAt, polled.messagesSeenUntil)
    .run();
}

/** An account whose provider tells of it by webhooks; `hooksSecret` is sealed, `settings` JSON. */
export interface HookedAccount {
  readonly id: string;
  readonly tenantId: string;
  readonly mode: Mode;
  readonly provider: "unipile";
  readonly settings: string;
  readonly hooksSecret: string;
}

/** The account with this id, of whatever tenant, if it takes webhooks: the caller then compares the secret. */
export async function hookedAccount(db: D1Database, id: string): Promise<HookedAccount | null> {
  return db
    .prepare(
      `SELECT id, tenant_id AS tenantId, mode, provider, settings, hooks_secret AS hooksSecret FROM linkedin_accounts
       WHERE id = ?1 AND hooks_secret IS NOT NULL`,
    )
    .bind(id)
    .first<HookedAccount>();
}

import { and, desc, eq, lt, ne, sql } from "drizzle-orm";
import type { Page } from "./page.ts";
import { cadences, cadenceVersions, enrollments, mailboxes } from "./schema.ts";
import { own, type Tenant } from "./tenant-db.ts";

export type MailboxRow = typeof mailboxes.$inferSelect;

/** A mailbox's own columns, without what the repository adds. `settings` is JSON, `secret` is sealed. */
export type NewMailbox = Omit<
  MailboxRow,
  | "seq"
  | "tenantId"
  | "mode"
  | "isDefault"
  | "enabled"
  | "pausedReason"
  | "judgedFrom"
  | "verifiedDomain"
  | "createdAt"
  | "updatedAt"
>;

/** What may be changed; what is left out stays. */
export type MailboxChanges = Partial<
  Omit<NewMailbox, "id" | "provider"> & Pick<MailboxRow, "enabled" | "pausedReason" | "judgedFrom" | "verifiedDomain">
>;

/** Keeps a new mailbox, made at `at` (ms). `isDefault` null means: if the mode has none yet. */
export async function insertMailbox(
  tenant: Tenant,
  mailbox: NewMailbox,
  isDefault: boolean | null,
  at: number,
): Promise<MailboxRow> {
  const first = sql<number>`NOT EXISTS (SELECT 1 FROM ${mailboxes} WHERE ${mailboxes.tenantId} = ${tenant.tenantId} AND ${mailboxes.mode} = ${tenant.mode} AND ${mailboxes.isDefault} = 1)`;
  const insert = tenant.db
    .insert(mailboxes)
    .values({
      ...mailbox,
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
    clearOtherDefaults(tenant, isDefault === true ? mailbox.id : null, at),
  ]);
  if (row === undefined) throw new Error("an insert returned no row");
  return row;
}

/** Newest first; one row more than the page. */
export async function listMailboxes(tenant: Tenant, page: Page): Promise<MailboxRow[]> {
  const before = page.before === null ? undefined : lt(mailboxes.seq, page.before);
  return tenant.db
    .select()
    .from(mailboxes)
    .where(own(tenant, mailboxes, before))
    .orderBy(desc(mailboxes.seq))
    .limit(page.limit + 1);
}

export async function findMailbox(tenant: Tenant, id: string): Promise<MailboxRow | null> {
  return (
    (await tenant.db
      .select()
      .from(mailboxes)
      .where(own(tenant, mailboxes, eq(mailboxes.id, id)))
      .get()) ?? null
  );
}

/** Those of the named mailboxes that this tenant has, in whatever order; in one question, however many. */
export async function findMailboxes(tenant: Tenant, ids: readonly string[]): Promise<MailboxRow[]> {
  return tenant.db
    .select()
    .from(mailboxes)
    .where(own(tenant, mailboxes, sql`${mailboxes.id} IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`));
}

/** Which mailbox sends where none is named; null when the mode has none. */
export async function findDefaultMailbox(tenant: Tenant): Promise<MailboxRow | null> {
  return (
    (await tenant.db
      .select()
      .from(mailboxes)
      .where(own(tenant, mailboxes, eq(mailboxes.isDefault, 1)))
      .get()) ?? null
  );
}

/** Whether a mailbox of another tenant receives replies under `domain` (in lower case). */
export async function isReplyDomainTaken(tenant: Tenant, domain: string): Promise<boolean> {
  const row = await tenant.db
    .select({ id: mailboxes.id })
    .from(mailboxes)
    .where(and(eq(mailboxes.replyDomain, domain), ne(mailboxes.tenantId, tenant.tenantId)))
    .get();
  return row !== undefined;
}

/** Null when there is no such mailbox. With `makeDefault` the one before is it no longer. `before` is read in the same transaction. */
export async function updateMailbox(
  tenant: Tenant,
  id: string,
  changes: MailboxChanges,
  makeDefault: boolean,
  at: number,
): Promise<{ readonly before: MailboxRow; readonly after: MailboxRow } | null> {
  const read = tenant.db
    .select()
    .from(mailboxes)
    .where(own(tenant, mailboxes, eq(mailboxes.id, id)));
  const update = tenant.db
    .update(mailboxes)
    .set({ ...changes, ...(makeDefault ? { isDefault: 1 } : {}), updatedAt: at })
    .where(own(tenant, mailboxes, eq(mailboxes.id, id)))
    .returning();
  const clear = clearOtherDefaults(tenant, makeDefault ? id : null, at);
  const [[before], [after]] = await tenant.db.batch([read, update, clear]);
  return before === undefined || after === undefined ? null : { before, after };
}

/** Deletes it, and answers what it was, unless a cadence, a published version or a live enrollment names it. */
export async function deleteMailbox(tenant: Tenant, id: string): Promise<MailboxRow | "in_use" | "not_found"> {
  const [gone] = await tenant.db
    .delete(mailboxes)
    .where(
      own(
        tenant,
        mailboxes,
        eq(mailboxes.id, id),
        sql`NOT EXISTS (SELECT 1 FROM ${cadences} WHERE ${cadences.tenantId} = ${tenant.tenantId} AND (${cadences.mailboxId} = ${id} OR EXISTS (SELECT 1 FROM json_each(${cadences.mailboxIds}) pool WHERE pool.value = ${id})))`,
        sql`NOT EXISTS (SELECT 1 FROM ${cadenceVersions} WHERE ${cadenceVersions.tenantId} = ${tenant.tenantId} AND (${cadenceVersions.mailboxId} = ${id} OR EXISTS (SELECT 1 FROM json_each(${cadenceVersions.mailboxIds}) pool WHERE pool.value = ${id})))`,
        sql`NOT EXISTS (SELECT 1 FROM ${enrollments} WHERE ${enrollments.tenantId} = ${tenant.tenantId} AND ${enrollments.mailboxId} = ${id} AND ${enrollments.state} IN ('active', 'paused', 'held'))`,
      ),
    )
    .returning();
  if (gone !== undefined) return gone;
  return (await findMailbox(tenant, id)) === null ? "not_found" : "in_use";
}

/** Takes the default from all but `keepId`, if that is a mailbox of this tenant and mode; null takes it from none. */
function clearOtherDefaults(tenant: Tenant, keepId: string | null, at: number) {
  const isOurs = sql`EXISTS (SELECT 1 FROM ${mailboxes} WHERE ${own(tenant, mailboxes, eq(mailboxes.id, keepId ?? ""))})`;
  return tenant.db
    .update(mailboxes)
    .set({ isDefault: 0, updatedAt: at })
    .where(own(tenant, mailboxes, eq(mailboxes.isDefault, 1), ne(mailboxes.id, keepId ?? ""), isOurs));
}

/** A mailbox whose provider tells what became of its messages; the secret is sealed. */
export interface EventsMailbox {
  readonly id: string;
  readonly tenantId: string;
  readonly provider: string;
  readonly eventsSecret: string;
}

/** The mailbox with this id, of whatever tenant, if it takes events: the caller then proves the signature. */
export async function eventsMailbox(db: D1Database, id: string): Promise<EventsMailbox | null> {
  return db
    .prepare(
      `SELECT id, tenant_id AS tenantId, provider, events_secret AS eventsSecret FROM mailboxes
       WHERE id = ?1 AND events_secret IS NOT NULL`,
    )
    .bind(id)
    .first<EventsMailbox>();
}

import { and, asc, desc, eq, sql } from "drizzle-orm";
import { type KeysFate, settleKeysOfGone, settleKeysOfRole } from "./member-keys.ts";
import type { TimePage } from "./page.ts";
import { invitations, members, users } from "./people-schema.ts";
import { tenants } from "./schema.ts";
import type { Database, Tenant } from "./tenant-db.ts";

/** A person in a tenant. `createdAt` in milliseconds; `role` as stored, so perhaps none that we know. */
export interface MemberRow {
  readonly id: string;
  readonly personId: string;
  readonly name: string;
  readonly email: string;
  readonly role: string;
  readonly createdAt: number;
}

/** A tenant that a person is a member of. */
export interface Membership {
  readonly id: string;
  readonly name: string;
  readonly role: string;
}

const MEMBER = {
  id: members.id,
  personId: members.userId,
  name: users.name,
  email: users.email,
  role: members.role,
  createdAt: sql<number>`${members.createdAt}`,
};

/** Where a person is a member, the first first. */
export async function membershipsOf(db: Database, personId: string): Promise<Membership[]> {
  return db
    .select({ id: tenants.id, name: tenants.name, role: members.role })
    .from(members)
    .innerJoin(tenants, eq(tenants.id, members.tenantId))
    .where(eq(members.userId, personId))
    .orderBy(asc(members.createdAt), asc(members.id));
}

/** What a person is in a tenant; null when they are no member of it, now. */
export async function roleIn(db: Database, personId: string, tenantId: string): Promise<string | null> {
  const row = await db
    .select({ role: members.role })
    .from(members)
    .where(and(eq(members.userId, personId), eq(members.tenantId, tenantId)))
    .get();
  return row?.role ?? null;
}

/** Newest first. One row more than the page. */
export async function listMembers(tenant: Tenant, page: TimePage): Promise<MemberRow[]> {
  const before =
    page.before === null
      ? undefined
      : sql`(${members.createdAt}, ${members.id}) < (${page.before.at}, ${page.before.id})`;
  return tenant.db
    .select(MEMBER)
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(and(eq(members.tenantId, tenant.tenantId), before))
    .orderBy(desc(members.createdAt), desc(members.id))
    .limit(page.limit + 1);
}

/** One member of this tenant, or null. */
export async function findMember(tenant: Tenant, id: string): Promise<MemberRow | null> {
  const row = await tenant.db
    .select(MEMBER)
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(and(eq(members.tenantId, tenant.tenantId), eq(members.id, id)))
    .get();
  return row ?? null;
}

/** Whether an address is a member's. */
export async function isMember(tenant: Tenant, email: string): Promise<boolean> {
  const row = await tenant.db
    .select({ id: members.id })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(and(eq(members.tenantId, tenant.tenantId), eq(users.email, email)))
    .get();
  return row !== undefined;
}

/** Which of a member's keys a change settles, how, and when (ms). */
export interface KeysSettled {
  readonly fate: KeysFate;
  readonly at: number;
}

/** Gives a member another role, and settles those of their keys. False when the role isn't `from` any more, or the tenant would be left without an owner. */
export async function changeRole(
  tenant: Tenant,
  { id, personId, role: from }: MemberRow,
  to: string,
  { keyIds, fate, at }: KeysSettled & { readonly keyIds: readonly string[] },
): Promise<boolean> {
  const change = tenant.db
    .update(members)
    .set({ role: to })
    .where(
      and(
        eq(members.tenantId, tenant.tenantId),
        eq(members.id, id),
        eq(members.role, from),
        to === "owner" ? undefined : anotherOwner(tenant, id),
      ),
    )
    .returning({ id: members.id });
  const settled = settleKeysOfRole(tenant, personId, { role: to, keyIds }, fate, at);
  const [changed] = await tenant.db.batch([change, settled]);
  if (changed.length > 0) await cancelInvitationsOf(tenant, personId);
  return changed.length > 0;
}

/** Takes a member out, and settles all their keys. False when the role isn't `from` any more, or the tenant would be left without an owner. */
export async function removeMember(
  tenant: Tenant,
  { id, personId, role: from }: MemberRow,
  { fate, at }: KeysSettled,
): Promise<boolean> {
  const removal = tenant.db
    .delete(members)
    .where(
      and(eq(members.tenantId, tenant.tenantId), eq(members.id, id), eq(members.role, from), anotherOwner(tenant, id)),
    )
    .returning({ id: members.id });
  const [removed] = await tenant.db.batch([removal, settleKeysOfGone(tenant, personId, fate, at)]);
  if (removed.length > 0) await cancelInvitationsOf(tenant, personId);
  return removed.length > 0;
}

/** Whom somebody has invited who may no longer do so, and who might be themselves under another address. */
async function cancelInvitationsOf(tenant: Tenant, userId: string): Promise<void> {
  await tenant.db
    .update(invitations)
    .set({ status: "canceled" })
    .where(
      and(
        eq(invitations.tenantId, tenant.tenantId),
        eq(invitations.inviterId, userId),
        eq(invitations.status, "pending"),
      ),
    );
}

/** Asked in the same statement that takes one away, so that two at once don't take the last two. */
function anotherOwner(tenant: Tenant, id: string) {
  return sql`(${members.role} <> 'owner' OR EXISTS (SELECT 1 FROM members AS other WHERE other.tenant_id = ${tenant.tenantId} AND other.role = 'owner' AND other.id <> ${id}))`;
}

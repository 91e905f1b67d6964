import { and, desc, eq, sql } from "drizzle-orm";
import type { TimePage } from "./page.ts";
import { invitations, users } from "./people-schema.ts";
import { tenants } from "./schema.ts";
import type { Database, Tenant } from "./tenant-db.ts";

/** An invitation without what opens it. */
export type InvitationRow = Omit<typeof invitations.$inferSelect, "tokenHash">;

/** One to be kept. `tokenHash` is the hex SHA-256 of the token in its link. */
export type NewInvitation = Omit<typeof invitations.$inferInsert, "tenantId" | "status">;

/** An invitation that can be accepted, as who has its link sees it. */
export interface OpenInvitation {
  readonly id: string;
  readonly tenantId: string;
  readonly email: string;
  readonly role: string;
  readonly mailed: boolean;
  readonly tenantName: string;
  /** Somebody has an account with this address. */
  readonly hasAccount: boolean;
}

const { tokenHash: _, ...SHOWN } = {
  id: invitations.id,
  tenantId: invitations.tenantId,
  email: invitations.email,
  role: invitations.role,
  status: invitations.status,
  tokenHash: invitations.tokenHash,
  mailed: invitations.mailed,
  inviterId: invitations.inviterId,
  expiresAt: invitations.expiresAt,
  createdAt: invitations.createdAt,
};

/** Keeps a new one; earlier ones to the same address are revoked, so that one link works. */
export async function insertInvitation(tenant: Tenant, invitation: NewInvitation): Promise<InvitationRow> {
  await tenant.db
    .update(invitations)
    .set({ status: "canceled" })
    .where(
      and(
        eq(invitations.tenantId, tenant.tenantId),
        eq(invitations.email, invitation.email),
        eq(invitations.status, "pending"),
      ),
    );
  return tenant.db
    .insert(invitations)
    .values({ ...invitation, tenantId: tenant.tenantId, status: "pending" })
    .returning(SHOWN)
    .get();
}

/** Newest first. One row more than the page. */
export async function listInvitations(tenant: Tenant, page: TimePage): Promise<InvitationRow[]> {
  const before =
    page.before === null
      ? undefined
      : sql`(${invitations.createdAt}, ${invitations.id}) < (${page.before.at}, ${page.before.id})`;
  return tenant.db
    .select(SHOWN)
    .from(invitations)
    .where(and(eq(invitations.tenantId, tenant.tenantId), before))
    .orderBy(desc(invitations.createdAt), desc(invitations.id))
    .limit(page.limit + 1);
}

/** Revokes one that is still open; one that is over stays as it is. As it was and is; null when there is no such one. */
export async function revokeInvitation(
  tenant: Tenant,
  id: string,
): Promise<{ readonly before: InvitationRow; readonly after: InvitationRow } | null> {
  const own = and(eq(invitations.tenantId, tenant.tenantId), eq(invitations.id, id));
  const revoked = sql`CASE ${invitations.status} WHEN 'pending' THEN 'canceled' ELSE ${invitations.status} END`;
  const [[before], [after]] = await tenant.db.batch([
    tenant.db.select(SHOWN).from(invitations).where(own),
    tenant.db.update(invitations).set({ status: revoked }).where(own).returning(SHOWN),
  ]);
  return before === undefined || after === undefined ? null : { before, after };
}

/** Who has invited may still be asked about it: a member, or a key that wasn't revoked. */
const INVITER_IS_THERE = sql`(EXISTS (SELECT 1 FROM members m WHERE m.tenant_id = ${invitations.tenantId} AND m.user_id = ${invitations.inviterId})
  OR EXISTS (SELECT 1 FROM api_keys k WHERE k.tenant_id = ${invitations.tenantId} AND k.id = ${invitations.inviterId} AND k.revoked_at IS NULL))`;

/** The invitation that a link is for, while it can be accepted at `now` (ms). */
export async function openInvitation(db: Database, tokenHash: string, now: number): Promise<OpenInvitation | null> {
  const row = await db
    .select({
      id: invitations.id,
      tenantId: invitations.tenantId,
      email: invitations.email,
      role: invitations.role,
      mailed: invitations.mailed,
      tenantName: tenants.name,
      accountId: users.id,
    })
    .from(invitations)
    .innerJoin(tenants, eq(tenants.id, invitations.tenantId))
    .leftJoin(users, eq(users.email, invitations.email))
    .where(
      and(
        eq(invitations.tokenHash, tokenHash),
        eq(invitations.status, "pending"),
        sql`${invitations.expiresAt} > ${now}`,
        INVITER_IS_THERE,
      ),
    )
    .get();
  if (row === undefined) return null;
  const { accountId, ...shown } = row;
  return { ...shown, hasAccount: accountId !== null };
}

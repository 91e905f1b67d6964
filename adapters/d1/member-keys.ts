import { and, desc, eq, gt, isNull, or, type SQL, sql } from "drizzle-orm";
import { type ApiKeyRecord, toRecord } from "./api-keys.ts";
import { members } from "./people-schema.ts";
import { apiKeys } from "./schema.ts";
import type { Tenant } from "./tenant-db.ts";

/** What becomes of a member's keys: they open nothing any more, or are the tenant's own, or those of who decides that. */
export type KeysFate = { readonly to: "revoke" } | { readonly to: "keep"; readonly makerId: string | null };

/** The keys of a member that still open something at `now` (ms), in both modes, newest first. */
export async function livingKeysOf(tenant: Tenant, personId: string, now: number): Promise<ApiKeyRecord[]> {
  const rows = await tenant.db
    .select()
    .from(apiKeys)
    .where(and(living(tenant, personId), or(isNull(apiKeys.expiresAt), gt(apiKeys.expiresAt, now))))
    .orderBy(desc(apiKeys.createdAt));
  return rows.map(toRecord);
}

/** Settles all keys of whoever is no member any more; of a member none. For the same batch that takes them out. */
export function settleKeysOfGone(tenant: Tenant, personId: string, fate: KeysFate, at: number) {
  return settle(tenant, personId, fate, at, sql`NOT EXISTS (${membership(tenant, personId)})`);
}

/** Settles these keys of a member who is a `role` now. For the same batch that makes them one. */
export function settleKeysOfRole(
  tenant: Tenant,
  personId: string,
  { role, keyIds }: { readonly role: string; readonly keyIds: readonly string[] },
  fate: KeysFate,
  at: number,
) {
  const isNow = sql`EXISTS (${membership(tenant, personId)} AND ${members.role} = ${role})`;
  return settle(
    tenant,
    personId,
    fate,
    at,
    and(isNow, sql`${apiKeys.id} IN (SELECT value FROM json_each(${JSON.stringify(keyIds)}))`),
  );
}

function settle(tenant: Tenant, personId: string, fate: KeysFate, at: number, which: SQL | undefined) {
  const change = fate.to === "revoke" ? { revokedAt: at } : { makerId: fate.makerId };
  return tenant.db
    .update(apiKeys)
    .set(change)
    .where(and(living(tenant, personId), which));
}

function living(tenant: Tenant, personId: string) {
  return and(eq(apiKeys.tenantId, tenant.tenantId), eq(apiKeys.makerId, personId), isNull(apiKeys.revokedAt));
}

function membership(tenant: Tenant, personId: string): SQL {
  return sql`SELECT 1 FROM ${members} WHERE ${members.tenantId} = ${tenant.tenantId} AND ${members.userId} = ${personId}`;
}

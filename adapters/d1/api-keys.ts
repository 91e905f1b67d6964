import { and, desc, eq, isNull, lte, or, sql } from "drizzle-orm";
import { z } from "zod";
import type { ApiKeyMode } from "../../core/api-key.ts";
import type { Grant } from "../../core/grant.ts";
import { knownScopes } from "../../core/scope.ts";
import type { TimePage } from "./page.ts";
import { apiKeys } from "./schema.ts";
import type { Database, Tenant } from "./tenant-db.ts";

/** A key as it is kept, without its hash. Times in milliseconds. */
export interface ApiKeyRecord extends Grant {
  readonly id: string;
  readonly tenantId: string;
  readonly mode: ApiKeyMode;
  readonly name: string;
  readonly last4: string;
  /** The member who made it, also by way of another key of theirs; null: it is the tenant's own. */
  readonly makerId: string | null;
  readonly createdAt: number;
  readonly lastUsedAt: number | null;
  readonly revokedAt: number | null;
}

/** A key to be kept. `hash` is the hex SHA-256 of the whole key. */
export interface NewApiKey
  extends Grant,
    Pick<ApiKeyRecord, "id" | "mode" | "name" | "last4" | "makerId" | "createdAt"> {
  readonly hash: string;
}

/** Whose key has this hash; null when none has or it is revoked. The one look-up without a tenant: the key is what names it. */
export async function findApiKey(db: Database, hash: string): Promise<ApiKeyRecord | null> {
  const row = await db
    .select()
    .from(apiKeys)
    .where(and(eq(apiKeys.hash, hash), isNull(apiKeys.revokedAt)))
    .get();
  return row === undefined ? null : toRecord(row);
}

/** Notes that a key was used at `at` (ms), unless that was noted less than `everyMs` ago: also of many at once one writes. */
export async function noteKeyUse(tenant: Tenant, id: string, at: number, everyMs: number): Promise<void> {
  await tenant.db
    .update(apiKeys)
    .set({ lastUsedAt: at })
    .where(
      and(
        eq(apiKeys.tenantId, tenant.tenantId),
        eq(apiKeys.id, id),
        or(isNull(apiKeys.lastUsedAt), lte(apiKeys.lastUsedAt, at - everyMs)),
      ),
    );
}

/** Keys that this key may know of, newest first: a live key sees all of the tenant's, a test key those for testing. One row more than the page. */
export async function listApiKeys(tenant: Tenant, page: TimePage): Promise<ApiKeyRecord[]> {
  const before =
    page.before === null
      ? undefined
      : sql`(${apiKeys.createdAt}, ${apiKeys.id}) < (${page.before.at}, ${page.before.id})`;
  const rows = await tenant.db
    .select()
    .from(apiKeys)
    .where(and(seen(tenant), before))
    .orderBy(desc(apiKeys.createdAt), desc(apiKeys.id))
    .limit(page.limit + 1);
  return rows.map(toRecord);
}

export async function insertApiKey(tenant: Tenant, key: NewApiKey): Promise<ApiKeyRecord> {
  const { scopes, allowedIps, ...same } = key;
  const row = await tenant.db
    .insert(apiKeys)
    .values({
      ...same,
      tenantId: tenant.tenantId,
      scopes: scopes === "all" ? null : JSON.stringify(scopes),
      allowedIps: allowedIps === null ? null : JSON.stringify(allowedIps),
    })
    .returning()
    .get();
  return toRecord(row);
}

/**
 * Revokes from this moment (ms); a key that is revoked already keeps its moment. Null when there is no such key to see.
 * `before` is read in the same transaction.
 */
export async function revokeApiKey(
  tenant: Tenant,
  id: string,
  at: number,
): Promise<{ readonly before: ApiKeyRecord; readonly after: ApiKeyRecord } | null> {
  const read = tenant.db
    .select()
    .from(apiKeys)
    .where(and(seen(tenant), eq(apiKeys.id, id)));
  const update = tenant.db
    .update(apiKeys)
    .set({ revokedAt: sql`coalesce(${apiKeys.revokedAt}, ${at})` })
    .where(and(seen(tenant), eq(apiKeys.id, id)))
    .returning();
  const [[before], [after]] = await tenant.db.batch([read, update]);
  return before === undefined || after === undefined ? null : { before: toRecord(before), after: toRecord(after) };
}

function seen(tenant: Tenant) {
  const mode = tenant.mode === "live" ? undefined : eq(apiKeys.mode, "test");
  return and(eq(apiKeys.tenantId, tenant.tenantId), mode);
}

const Words = z.array(z.string());

/** A row as it is told: without its hash. */
export function toRecord({ hash: _, scopes, allowedIps, ...row }: typeof apiKeys.$inferSelect): ApiKeyRecord {
  return {
    ...row,
    scopes: scopes === null ? "all" : knownScopes(Words.parse(JSON.parse(scopes))),
    allowedIps: allowedIps === null ? null : Words.parse(JSON.parse(allowedIps)),
  };
}

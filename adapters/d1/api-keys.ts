import { and, eq, isNull } from "drizzle-orm";
import type { ApiKeyMode } from "../../core/api-key.ts";
import { apiKeys } from "./schema.ts";
import type { Database } from "./tenant-db.ts";

export type ApiKeyRow = typeof apiKeys.$inferSelect;

/** Whose key has this hash (hex SHA-256 of the whole key); null when none has or it is revoked. The one look-up without a tenant. */
export async function findApiKey(db: Database, hash: string): Promise<{ readonly id: string; readonly tenantId: string; readonly mode: ApiKeyMode } | null> {
  const row = await db
    .select({ id: apiKeys.id, tenantId: apiKeys.tenantId, mode: apiKeys.mode })
    .from(apiKeys)
    .where(and(eq(apiKeys.hash, hash), isNull(apiKeys.revokedAt)))
    .get();
  return row ?? null;
}

import type { ApiKeyRow } from "../../../adapters/d1/api-keys.ts";
import type { ApiKey } from "../../../core/contract/api-key.ts";

/** A row as the API shows it. */
export function showApiKey(row: ApiKeyRow): ApiKey {
  return {
    id: row.id,
    name: row.name,
    mode: row.mode,
    last4: row.last4,
    createdAt: new Date(row.createdAt).toISOString(),
    revokedAt: row.revokedAt === null ? null : new Date(row.revokedAt).toISOString(),
  };
}

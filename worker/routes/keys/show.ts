import type { ApiKeyRecord } from "../../../adapters/d1/api-keys.ts";
import type { ApiKey } from "../../../core/contract/api-key.ts";
import { toTimestamp } from "../../../core/contract/common.ts";

/** A key as the API shows it. */
export function showApiKey(key: ApiKeyRecord): ApiKey {
  const { id, name, mode, last4, makerId, scopes, allowedIps } = key;
  return {
    ...{ id, name, mode, last4 },
    scopes: scopes === "all" ? null : [...scopes],
    allowedIps: allowedIps === null ? null : [...allowedIps],
    makerId,
    createdAt: toTimestamp(key.createdAt),
    expiresAt: orNull(key.expiresAt),
    lastUsedAt: orNull(key.lastUsedAt),
    revokedAt: orNull(key.revokedAt),
  };
}

function orNull(at: number | null): string | null {
  return at === null ? null : toTimestamp(at);
}

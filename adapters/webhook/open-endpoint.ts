import { keyEncryptionKeys, unseal } from "../crypto/seal.ts";
import type { EndpointRecord } from "../d1/facts.ts";
import type { Endpoint } from "./exchange.ts";

/** What an endpoint's secret is bound to when it is sealed. */
export function endpointSecretContext(tenantId: string, endpointId: string): string {
  return `${tenantId}|endpoints|secret|${endpointId}`;
}

/** The endpoint with its secrets open by the keys in `env`: during a rotation both live, the newest first. */
export async function openEndpoint(
  env: object,
  tenantId: string,
  record: Omit<EndpointRecord, "failingSince">,
  now: number,
): Promise<Endpoint> {
  const keys = keyEncryptionKeys(env);
  const context = endpointSecretContext(tenantId, record.id);
  const secrets = [await unseal(keys, record.secret, context)];
  if (record.previousSecret !== null && (record.previousSecretUntil ?? 0) > now)
    secrets.push(await unseal(keys, record.previousSecret, context));
  return { id: record.id, url: record.url, secrets, compatibility: record.compatibility };
}

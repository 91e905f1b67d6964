import { unseal } from "../crypto/seal.ts";
import type { EndpointRecord } from "../d1/facts.ts";
import type { Endpoint } from "./exchange.ts";

/** What an endpoint's secret is bound to when it is sealed. */
export function endpointSecretContext(tenantId: string, endpointId: string): string {
  return `${tenantId}|endpoints|secret|${endpointId}`;
}

/** The endpoint with its secrets open: during a rotation both live, the newest first. */
export async function openEndpoint(
  kek: string,
  tenantId: string,
  record: Omit<EndpointRecord, "failingSince">,
  now: number,
): Promise<Endpoint> {
  const context = endpointSecretContext(tenantId, record.id);
  const secrets = [await unseal(kek, record.secret, context)];
  if (record.previousSecret !== null && (record.previousSecretUntil ?? 0) > now)
    secrets.push(await unseal(kek, record.previousSecret, context));
  return { id: record.id, url: record.url, secrets, compatibility: record.compatibility };
}

import { newId } from "../adapters/crypto/ids.ts";
import { type EndpointRow, insertEndpoint, type NewEndpoint } from "../adapters/d1/endpoints.ts";
import type { Tenant } from "../adapters/d1/tenant-db.ts";
import { newWebhookSecret } from "../adapters/webhook/new-secret.ts";
import { endpointSecretContext } from "../adapters/webhook/open-endpoint.ts";
import { sealSecret } from "./seal-secret.ts";

/** What an endpoint is made of; its URL has passed `endpointUrlFaults`. */
export type EndpointWish = Omit<NewEndpoint, "id" | "secret" | "name"> & { readonly name?: string | undefined };

/** Makes an endpoint with a secret of its own. `secret` is in the clear, to be shown this once. */
export async function makeEndpoint(
  env: Env,
  tenant: Tenant,
  wish: EndpointWish,
  at: number,
): Promise<{ readonly row: EndpointRow; readonly secret: string }> {
  const id = newId("end");
  const secret = newWebhookSecret();
  const sealed = await sealSecret(env, secret, endpointSecretContext(tenant.tenantId, id));
  const row = await insertEndpoint(
    tenant,
    { ...wish, id, name: wish.name ?? new URL(wish.url).host, secret: sealed },
    at,
  );
  return { row, secret };
}

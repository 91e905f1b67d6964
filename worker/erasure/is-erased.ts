import { tombstoneHash } from "../../adapters/crypto/tombstone.ts";
import { erasedAmong } from "../../adapters/d1/tombstones.ts";
import type { Mode } from "../../core/enrollment.ts";

/** Whether the person with this address was erased: then nobody begins anew with them. */
export async function isErased(
  env: Env,
  tenant: { readonly tenantId: string; readonly mode: Mode },
  email: string,
): Promise<boolean> {
  const hash = await tombstoneHash(env, tenant.tenantId, email);
  return (await erasedAmong(env.DB, tenant, [hash])).length > 0;
}

/** What whoever tries is told. */
export const ERASED_DETAIL =
  "A person with this address was erased, so nothing may be sent there. If they came back of their own accord, lift the erasure first: DELETE /v1/erasures/{id}.";

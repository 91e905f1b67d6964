import type { CreateApiKey } from "../../../core/contract/api-key.ts";
import type { Grant } from "../../../core/grant.ts";
import { knownScopes, scopesBeyond } from "../../../core/scope.ts";
import type { ApiContext } from "../../api.ts";
import { isRangeWithin } from "../../auth/address.ts";

/** What a new key gets, or why it would be more than the asking key has. */
export type Narrowed = { readonly ok: true; readonly grant: Grant } | { readonly ok: false; readonly detail: string };

/** Nobody gives away more than they have: what a wish leaves out is the asking key's own, what goes beyond that is refused. */
export async function narrowGrant(c: ApiContext, own: Grant, wish: CreateApiKey): Promise<Narrowed> {
  const scopes = wish.scopes === undefined ? own.scopes : knownScopes(wish.scopes);
  const beyond = scopesBeyond(own.scopes, scopes);
  if (beyond.length > 0) return no(`This key can't give what it doesn't have: ${beyond.join(", ")}.`);
  const expiresAt = wish.expiresAt === undefined ? own.expiresAt : Date.parse(wish.expiresAt);
  if (own.expiresAt !== null && (expiresAt === null || expiresAt > own.expiresAt))
    return no(`This key can't make one that outlives it: it expires on ${new Date(own.expiresAt).toISOString()}.`);
  for (const range of wish.allowedIps ?? [])
    if (own.allowedIps !== null && !(await isRangeWithin(c, range, own.allowedIps)))
      return no(`This key can't make one for ${range}, from where it may not be used itself.`);
  return { ok: true, grant: { scopes, expiresAt, allowedIps: wish.allowedIps ?? own.allowedIps } };
}

function no(detail: string): Narrowed {
  return { ok: false, detail };
}

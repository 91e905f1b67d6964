import { env } from "cloudflare:workers";
import { formatApiKey } from "../../../core/api-key.ts";
import { SCOPES, type Scope } from "../../../core/scope.ts";
import { madeKey } from "../../support/keys.ts";
import type { Operation } from "./operations.ts";
import type { World } from "./world.ts";

/** What must come of a call: a refusal by its code, or what the table of calls says of owners or of strangers. */
export type Expected = { readonly status: number; readonly code: string } | "as owner" | "as stranger";

/** Somebody who knocks at the routes of a world. */
export interface Identity {
  readonly name: string;
  readonly headers: (needed: Scope) => Readonly<Record<string, string>>;
  readonly expected: (operation: Operation & { readonly scope: Scope }) => Expected;
  /** In the mode of the key that it asks with; the world's own when left out. */
  readonly mode?: World["mode"];
  /** What it is let to write besides, so that it isn't tried: it would change the world. */
  readonly may?: (scope: Scope) => boolean;
  /** True: it must be sent away before D1 is asked. */
  readonly costsNoLookUp?: true;
}

const REFUSED = { status: 401, code: "unauthorized" } as const;
const EXPIRED = { status: 401, code: "key_expired" } as const;
const WRONG_ADDRESS = { status: 403, code: "address_not_allowed" } as const;
const MISSING_SCOPE = { status: 403, code: "missing_scope" } as const;
const FROM = "203.0.113.9";

/**
 * All who must not get in, or must not get far. `other` is another tenant's key and `otherMode` this tenant's of the other
 * mode, both for everything. People stand in people.ts.
 */
export async function strangersTo(world: World, other: string, otherMode: string): Promise<readonly Identity[]> {
  const anything = `dh_${world.mode}_`;
  const [lastCharacter = ""] = world.key.slice(-1);
  const typo = world.key.slice(0, -1) + (lastCharacter === "0" ? "1" : "0");
  const readsAll = await madeKey(world.key, { scopes: SCOPES.filter((scope) => scope.endsWith(":read")) });
  const withoutResource = await keysBy(world, (needed) =>
    SCOPES.filter((scope) => resourceOf(scope) !== resourceOf(needed)),
  );
  const bound = (await madeKey(world.key, { allowedIps: ["198.51.100.0/24", "2001:db8::/32"] })).key;
  const nobody = { ...always(REFUSED), costsNoLookUp: true } as const;
  return [
    { name: "no key", headers: () => ({}), ...nobody },
    { name: "a key of nonsense", headers: () => bearer("nonsense"), ...nobody },
    { name: "an empty key", headers: () => bearer(""), ...nobody },
    { name: "the beginning of a key", headers: () => bearer(anything), ...nobody },
    { name: "a key with a typo", headers: () => bearer(typo), ...nobody },
    { name: "a key by Basic", headers: () => ({ authorization: `Basic ${btoa(`${world.key}:`)}` }), ...nobody },
    { name: "a key in a cookie", headers: () => ({ cookie: `key=${world.key}; session=${world.key}` }), ...nobody },
    { name: "an unknown key", headers: () => bearer(formatApiKey(world.mode, "0".repeat(30))), ...always(REFUSED) },
    { name: "a revoked key", headers: bearerOf(await revokedKey(world)), ...always(REFUSED) },
    { name: "an expired key", headers: bearerOf(await expiredKey(world)), ...always(EXPIRED) },
    {
      name: "a key from a wrong address",
      headers: () => ({ ...bearer(bound), "cf-connecting-ip": FROM }),
      ...always(WRONG_ADDRESS),
    },
    {
      name: "a key from a wrong address that says it is a right one",
      headers: () => ({ ...bearer(bound), "cf-connecting-ip": FROM, "x-forwarded-for": "198.51.100.1" }),
      ...always(WRONG_ADDRESS),
    },
    { name: "a key for addresses, from none", headers: bearerOf(bound), ...always(WRONG_ADDRESS) },
    {
      name: "a key without this chapter's scopes",
      headers: (needed) => bearer(withoutResource.get(needed) ?? ""),
      ...always(MISSING_SCOPE),
    },
    {
      name: "a key that reads all and writes nothing",
      headers: bearerOf(readsAll.key),
      expected: ({ scope }) => (scope.endsWith(":write") ? MISSING_SCOPE : "as owner"),
    },
    { name: "another tenant's key", headers: bearerOf(other), ...always("as stranger") },
    {
      name: "another tenant's key before the owner's",
      headers: () => ({ ...bearer(other), "x-api-key": world.key }),
      ...always("as stranger"),
    },
    {
      name: "the tenant's key of the other mode",
      headers: bearerOf(otherMode),
      mode: world.mode === "live" ? "test" : "live",
      ...always("as stranger"),
    },
  ];
}

/** The control: the tenant's own keys, each with the one scope that the route needs, from an address that they may be used from. */
export async function ownersOf(world: World): Promise<Identity> {
  // Who gives a role must have all that it may.
  const scopesFor = (needed: Scope) => (needed === "members:write" ? SCOPES : [needed]);
  const keys = await keysBy(world, scopesFor, { allowedIps: ["203.0.113.0/24"] });
  return {
    name: "the tenant's own key with this scope alone",
    headers: (needed) => ({ ...bearer(keys.get(needed) ?? ""), "cf-connecting-ip": FROM }),
    ...always("as owner"),
  };
}

function always(expected: Expected): Pick<Identity, "expected"> {
  return { expected: () => expected };
}

function bearer(key: string): Readonly<Record<string, string>> {
  return { authorization: `Bearer ${key}` };
}

function bearerOf(key: string): Identity["headers"] {
  return () => bearer(key);
}

/** A key for each scope that a route may need, with the scopes that `scopesFor` says. */
async function keysBy(
  { key }: World,
  scopesFor: (needed: Scope) => readonly Scope[],
  more: object = {},
): Promise<ReadonlyMap<Scope, string>> {
  const made = SCOPES.map(
    async (scope) => [scope, (await madeKey(key, { scopes: scopesFor(scope), ...more })).key] as const,
  );
  return new Map(await Promise.all(made));
}

async function revokedKey({ key }: World): Promise<string> {
  const revoked = await madeKey(key);
  await env.DB.prepare("UPDATE api_keys SET revoked_at = ? WHERE id = ?").bind(Date.now(), revoked.id).run();
  return revoked.key;
}

async function expiredKey({ key }: World): Promise<string> {
  const expired = await madeKey(key, { expiresAt: "2099-01-01T00:00:00Z" });
  await env.DB.prepare("UPDATE api_keys SET expires_at = ? WHERE id = ?")
    .bind(Date.now() - 1, expired.id)
    .run();
  return expired.key;
}

function resourceOf(scope: Scope): string {
  return scope.slice(0, scope.indexOf(":"));
}

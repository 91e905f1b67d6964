import type { Role } from "./roles.ts";
import { roleOf, scopesOf } from "./roles.ts";
import { type Scopes, scopesBeyond } from "./scope.ts";

/** Who asks: a program by its key, or a person by their session. */
export type Actor =
  | { readonly kind: "key"; readonly id: string }
  | { readonly kind: "person"; readonly id: string; readonly email: string; readonly role: Role };

/**
 * Whether who asks, with these scopes, may make somebody a `role`, or take that role from them. Nobody gives more than they
 * have, and only an owner makes and unmakes owners: a key never does, or an admin would by way of one.
 */
export function mayGive(actor: Actor, own: Scopes, role: string): boolean {
  const known = roleOf(role);
  if (known === null) return true; // it may nothing, so it may be taken away
  if (known === "owner") return actor.kind === "person" && actor.role === "owner";
  return scopesBeyond(own, scopesOf(known)).length === 0;
}

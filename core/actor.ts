import type { Role } from "./roles.ts";
import { roleOf, scopesOf } from "./roles.ts";
import { type Scopes, scopesBeyond } from "./scope.ts";

/**
 * Who acts. A key's name and last four characters are as they were then; `link` is whoever held a link that we gave out
 * (unsubscribe, completion), by the enrollment or draft it is for; `system` is a part of ours, by its name.
 */
export type Actor =
  | { readonly kind: "key"; readonly id: string; readonly name: string; readonly last4: string }
  | { readonly kind: "person"; readonly id: string; readonly email: string; readonly role: Role }
  | { readonly kind: "link"; readonly id: string }
  | { readonly kind: "system"; readonly id: SystemActor };

/** The parts of ours that change a tenant's things by themselves. */
export type SystemActor =
  | "spam_guard"
  | "account_guard"
  | "endpoint_guard"
  | "mail_reader"
  | "delivery_reports"
  | "bootstrap";

/** How a list names them; null where the id says it all. */
export function actorLabel(actor: Actor): string | null {
  switch (actor.kind) {
    case "key":
      return `${actor.name} …${actor.last4}`;
    case "person":
      return actor.email;
    default:
      return null;
  }
}

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

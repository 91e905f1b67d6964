/**
 * Who acts. A key's name and last four characters are as they were then; `link` is whoever held a link that we gave out
 * (unsubscribe, completion), by the enrollment or draft it is for; `system` is a part of ours, by its name.
 */
export type Actor =
  | { readonly kind: "key"; readonly id: string; readonly name: string; readonly last4: string }
  | { readonly kind: "person"; readonly id: string; readonly email: string }
  | { readonly kind: "link"; readonly id: string }
  | { readonly kind: "system"; readonly id: SystemActor };

/** The parts of ours that change a tenant's things by themselves. */
export type SystemActor = "spam_guard" | "endpoint_guard" | "mail_reader" | "delivery_reports";

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

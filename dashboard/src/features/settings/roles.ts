import type { Me } from "../../../../core/contract/member.ts";

/** What a member may be. */
export type Role = Extract<Me["actor"], { readonly kind: "person" }>["role"];

/** The roles from the most to the least, each with what it may. */
export const ROLES = {
  owner: { name: "Owner", may: "Everything, and alone makes and removes owners." },
  admin: { name: "Admin", may: "Everything else: cadences, endpoints, mailboxes, settings, keys and members." },
  operator: {
    name: "Operator",
    may: "The daily work: enrollments, drafts, inbound mail, suppressions, and answers as a test lead. Reads the rest.",
  },
  viewer: { name: "Viewer", may: "Reads everything, changes nothing." },
} as const satisfies Record<Role, { readonly name: string; readonly may: string }>;

/** Their names in order. */
export const ROLE_NAMES: readonly Role[] = ["owner", "admin", "operator", "viewer"];

/** What a role is called; one that is new here as the engine names it. */
export function nameRole(role: string): string {
  return isRole(role) ? ROLES[role].name : role;
}

/** Whether a role of this name is known here. */
export function isRole(text: string): text is Role {
  return Object.hasOwn(ROLES, text);
}

/** The roles that somebody may give: nobody but an owner makes owners. */
export function rolesToGive(own: Role | null): readonly Role[] {
  return own === "owner" ? ROLE_NAMES : ROLE_NAMES.filter((role) => role !== "owner");
}

/** Whether somebody may take this member's role from them: only owners take an owner's. */
export function mayChange(own: Role | null, theirs: string): boolean {
  return theirs !== "owner" || own === "owner";
}

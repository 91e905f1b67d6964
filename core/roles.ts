import { SCOPES, type Scope, type Scopes } from "./scope.ts";

/** What a person may be in an organisation, from the most to the least. */
export const ROLES = ["owner", "admin", "operator", "viewer"] as const;
export type Role = (typeof ROLES)[number];

/** What is daily work: whom to write to, what to say, who answered, who must not be written to again, and what a test lead answers. */
const OPERATED: readonly Scope[] = ["enrollments:write", "inbound:write", "suppressions:write", "sandbox:write"];
/** Each thing by itself; to take all of it out at once is no daily work. */
const READS: readonly Scope[] = SCOPES.filter((scope) => scope.endsWith(":read") && scope !== "data:read");

/** What each role may do, as scopes: the same words by which API keys are cut down. */
export function scopesOf(role: Role): Scopes {
  switch (role) {
    case "owner":
    case "admin":
      return "all";
    case "operator":
      return [...READS, ...OPERATED];
    case "viewer":
      return READS;
  }
}

/** The role of this name; null for what is none, which then may nothing. */
export function roleOf(text: string): Role | null {
  return ROLES.find((role) => role === text) ?? null;
}

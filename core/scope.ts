/** The chapters of the API, as a key may be let into them one by one. `enrollments` holds their drafts too; `data` takes all of a tenant out, and people away for good. */
const RESOURCES = [
  "cadences",
  "enrollments",
  "log",
  "inbound",
  "endpoints",
  "mailboxes",
  "linkedin",
  "sandbox",
  "suppressions",
  "tenant",
  "audit",
  "data",
  "keys",
  "members",
] as const;

/** What a route needs and a key has: `<resource>:read` or `<resource>:write`, which reads too. */
export type Scope = `${(typeof RESOURCES)[number]}:${"read" | "write"}`;

/** Every scope there is, in the order in which a list of them is shown. */
export const SCOPES: readonly Scope[] = RESOURCES.flatMap(
  (resource) => [`${resource}:read`, `${resource}:write`] as const,
);

/** What somebody may do: some of it, or all that there is and will be. */
export type Scopes = readonly Scope[] | "all";

/** Whether `scopes` let somebody do what needs `needed`; `write` reads too. */
export function holds(scopes: Scopes, needed: Scope): boolean {
  return scopes === "all" || scopes.includes(needed) || scopes.some((scope) => scope === writeOf(needed));
}

/** What of `wanted` goes beyond `own`, so that nobody gives away more than they have. Empty when nothing does. */
export function scopesBeyond(own: Scopes, wanted: Scopes): readonly Scope[] {
  return (wanted === "all" ? SCOPES : wanted).filter((scope) => !holds(own, scope));
}

/** The scopes among these words, each once and in our order; a word that is none of them opens nothing. */
export function knownScopes(words: readonly string[]): readonly Scope[] {
  return SCOPES.filter((scope) => words.includes(scope));
}

function writeOf(scope: Scope): string {
  return scope.replace(/:read$/, ":write");
}

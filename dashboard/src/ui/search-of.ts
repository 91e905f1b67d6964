/**
 * Reads an address's query as text: `searchOf("state", "search")` is what a route's validateSearch takes. What isn't named is
 * left out, and so is what is empty; numbers that the router has read as such are text again.
 */
export function searchOf<Name extends string>(...names: readonly Name[]) {
  return (query: Record<string, unknown>): { readonly [name in Name]?: string | undefined } => {
    const entries = names.flatMap((name) => {
      const value = query[name];
      return value === undefined || value === null || value === "" ? [] : [[name, String(value)]];
    });
    return Object.fromEntries(entries) as { [name in Name]?: string | undefined };
  };
}

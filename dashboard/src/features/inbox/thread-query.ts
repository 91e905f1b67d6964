import type { Query } from "../../api/call.ts";

/** Which conversations are wanted, as the address has it; left out: those in which something came in. */
export const SHOWN = { open: "Waiting for an answer", answered: "Answered", all: "Also without a reply" } as const;
export type Shown = keyof typeof SHOWN;

/** The choice of this name, for an address that somebody may have typed. */
export function shownOf(text: string | undefined): Shown | undefined {
  return (Object.keys(SHOWN) as Shown[]).find((name) => name === text);
}

/** The API looks for two characters and more. */
const SEARCH_CHARACTERS_MIN = 2;

/** What `GET /v1/threads` is asked for by the filters of the address. */
export function threadQuery(filters: {
  readonly search?: string | undefined;
  readonly cadenceId?: string | undefined;
  readonly show?: string | undefined;
}): Query {
  const search = (filters.search ?? "").trim();
  const show = shownOf(filters.show);
  return {
    ...(filters.cadenceId === undefined ? {} : { cadenceId: filters.cadenceId }),
    ...(search.length < SEARCH_CHARACTERS_MIN ? {} : { search }),
    ...(show === "all" ? { all: true } : {}),
    ...(show === "open" || show === "answered" ? { answered: show === "answered" } : {}),
  };
}

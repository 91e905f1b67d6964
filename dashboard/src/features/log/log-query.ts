import type { Query } from "../../api/call.ts";

/** The filters of the log as they stand in the address. */
export const FILTERS = [
  "search",
  "outcome",
  "endpointId",
  "cadenceId",
  "kind",
  "minMs",
  "since",
  "until",
  "enrollmentId",
  "subjectId",
] as const;

/** What stands in the address of the log. */
export type LogSearch = { readonly [name in (typeof FILTERS)[number] | "tail"]?: string | undefined };

/** So many lines are read at once. */
const PAGE_LINES = 100;

/** Less isn't looked for. */
const SEARCH_CHARACTERS_MIN = 2;

/** What the API is asked for these filters. Messages and notes are listed of one enrollment only. */
export function logQuery({ tail: _tail, kind, since, until, search, ...filters }: LogSearch): Query {
  const ofOne = filters.enrollmentId !== undefined || kind === undefined || kind === "exchange";
  return {
    ...filters,
    search: search !== undefined && search.trim().length >= SEARCH_CHARACTERS_MIN ? search : undefined,
    limit: PAGE_LINES,
    kind: ofOne ? kind : undefined,
    since: instantOf(since),
    until: instantOf(until),
  };
}

/** The address holds what the form does: a day and a time by this browser's clock, or whatever else was linked here. */
export function instantOf(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const at = new Date(text);
  return Number.isNaN(at.getTime()) ? text : at.toISOString();
}

/** An instant as a form's field takes it, by this browser's clock. */
export function fieldOf(text: string | undefined): string {
  if (text === undefined) return "";
  const at = new Date(text);
  if (Number.isNaN(at.getTime())) return "";
  const local = new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}

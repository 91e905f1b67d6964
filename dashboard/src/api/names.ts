import type { Cadence } from "../../../core/contract/cadence.ts";
import type { Endpoint } from "../../../core/contract/endpoint.ts";
import { useList } from "./queries.ts";

/** The names of the endpoints by their ids, as far as the first page of them goes. */
export function useEndpointNames(): Readonly<Record<string, string>> {
  return namesOf(useList<Endpoint>("/v1/endpoints", {}, { staleMs: 60_000 }).rows);
}

/** The names of the cadences by their ids, as far as the first page of them goes. */
export function useCadenceNames(): Readonly<Record<string, string>> {
  return namesOf(useList<Cadence>("/v1/cadences", {}, { staleMs: 60_000 }).rows);
}

function namesOf(rows: readonly { readonly id: string; readonly name: string }[]): Readonly<Record<string, string>> {
  return Object.fromEntries(rows.map(({ id, name }) => [id, name]));
}

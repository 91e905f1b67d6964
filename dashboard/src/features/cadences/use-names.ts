import type { Endpoint } from "../../../../core/contract/endpoint.ts";
import type { Mailbox } from "../../../../core/contract/mailbox.ts";
import { useList } from "../../api/queries.ts";

/** What endpoints and mailboxes are called, by their ids; the id where that isn't known. */
export function useNames(): (id: string) => string {
  const endpoints = useList<Endpoint>("/v1/endpoints");
  const mailboxes = useList<Mailbox>("/v1/mailboxes");
  return (id) =>
    endpoints.rows.find((row) => row.id === id)?.name ?? mailboxes.rows.find((row) => row.id === id)?.email ?? id;
}

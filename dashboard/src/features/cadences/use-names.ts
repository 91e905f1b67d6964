import type { Endpoint } from "../../../../core/contract/endpoint.ts";
import type { LinkedinAccount } from "../../../../core/contract/linkedin-account.ts";
import type { Mailbox } from "../../../../core/contract/mailbox.ts";
import { useList } from "../../api/queries.ts";

/** What endpoints, mailboxes and LinkedIn accounts are called, by their ids; the id where that isn't known. */
export function useNames(): (id: string) => string {
  const endpoints = useList<Endpoint>("/v1/endpoints");
  const mailboxes = useList<Mailbox>("/v1/mailboxes");
  const accounts = useList<LinkedinAccount>("/v1/linkedin-accounts");
  return (id) =>
    [...endpoints.rows, ...accounts.rows].find((row) => row.id === id)?.name ??
    mailboxes.rows.find((row) => row.id === id)?.email ??
    id;
}

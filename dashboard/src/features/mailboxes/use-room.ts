import { useRead } from "../../api/queries.ts";

/** GET /v1/mailboxes/{id}/room: core/contract/mailbox-pace.ts MailboxRoom. */
export interface MailboxRoom {
  readonly mailboxId: string;
  readonly timeZone: string;
  readonly nextPlaceAt: string | null;
  readonly days: readonly {
    readonly day: string;
    readonly cap: number | null;
    readonly taken: number;
    readonly sent: number;
  }[];
}

/** How much room a mailbox has, today and on the days after it. */
export function useRoom(mailboxId: string, days: number) {
  return useRead<MailboxRoom>(`/v1/mailboxes/${mailboxId}/room`, { days }, { everyMs: 30_000 });
}

import { useRead } from "../../api/queries.ts";
import type { RoomOfDay } from "../../ui/room-picture.tsx";

/** GET /v1/mailboxes/{id}/room: core/contract/mailbox-pace.ts MailboxRoom. */
export interface MailboxRoom {
  readonly mailboxId: string;
  readonly timeZone: string;
  readonly nextPlaceAt: string | null;
  readonly days: readonly RoomOfDay[];
}

/** How much room a mailbox has, today and on the days after it. */
export function useRoom(mailboxId: string, days: number) {
  return useRead<MailboxRoom>(`/v1/mailboxes/${mailboxId}/room`, { days }, { everyMs: 30_000 });
}

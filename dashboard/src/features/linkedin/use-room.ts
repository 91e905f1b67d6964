import type { LinkedinRoom } from "../../../../core/contract/linkedin-pace.ts";
import { useRead } from "../../api/queries.ts";

/** How much room an account has, today and on the days after it. */
export function useRoom(accountId: string, days: number) {
  return useRead<LinkedinRoom>(`/v1/linkedin-accounts/${accountId}/room`, { days }, { everyMs: 30_000 });
}

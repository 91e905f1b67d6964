import type { Overview } from "../../../core/contract/overview.ts";
import { useRead } from "../api/queries.ts";

/** How many things wait for a person, by the screen that shows them. */
export function useAttention(): Readonly<Record<string, number>> {
  const { data } = useRead<Overview>("/v1/overview", {}, { everyMs: 60_000 });
  if (data === undefined) return {};
  const { held, unmatched, disabledEndpoints, failingEndpoints, pausedMailboxes, openTasks, pausedLinkedinAccounts } =
    data.attention;
  return {
    "/held": held,
    "/tasks": openTasks,
    "/inbox": unmatched,
    "/endpoints": disabledEndpoints + failingEndpoints,
    "/mailboxes": pausedMailboxes,
    "/linkedin": pausedLinkedinAccounts,
  };
}

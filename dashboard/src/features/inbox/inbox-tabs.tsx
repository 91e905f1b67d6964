import type { Overview } from "../../../../core/contract/overview.ts";
import { useRead } from "../../api/queries.ts";
import { TabLink, TabLinks } from "../../ui/tabs.tsx";

/** The two parts of the inbox. */
export function InboxTabs({ isThreads = false }: { readonly isThreads?: boolean }) {
  const { data } = useRead<Overview>("/v1/overview", {}, { everyMs: 60_000 });
  return (
    <TabLinks label="Inbox">
      <TabLink to="/inbox" activeOptions={{ exact: !isThreads }}>
        Conversations
      </TabLink>
      <TabLink to="/inbox/unmatched" count={data?.attention.unmatched}>
        Unmatched
      </TabLink>
    </TabLinks>
  );
}

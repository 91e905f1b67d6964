import { Outlet, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useEffect, useMemo, useRef } from "react";
import { useHotkeys } from "react-hotkeys-hook";
import type { Cadence } from "../../../../core/contract/cadence.ts";
import type { Thread } from "../../../../core/contract/thread.ts";
import { useList } from "../../api/queries.ts";
import { classNames } from "../../ui/class-names.ts";
import { FilterBar, SearchFilter, SelectFilter } from "../../ui/filters.tsx";
import { Page } from "../../ui/page.tsx";
import { InboxTabs } from "./inbox-tabs.tsx";
import { KINDS, kindOf } from "./mail-words.ts";
import { ThreadList } from "./thread-list.tsx";
import { SHOWN, shownOf, threadQuery } from "./thread-query.ts";

/** All conversations, and the chosen one beside them; on a phone one after the other. */
export function InboxScreen() {
  const query = useSearch({ from: "/inbox" });
  const { enrollmentId: chosen } = useParams({ strict: false });
  const navigate = useNavigate({ from: "/inbox" });
  const list = useList<Thread>("/v1/threads", threadQuery(query), { everyMs: 5_000 });
  const cadences = useList<Cadence>("/v1/cadences");
  const names = useMemo(() => Object.fromEntries(cadences.rows.map(({ id, name }) => [id, name])), [cadences.rows]);
  const wanted = kindOf(query.kind);
  const rows = wanted === undefined ? list.rows : list.rows.filter(({ lastKind }) => lastKind === wanted);
  const set = (change: typeof query) =>
    void navigate({ to: ".", search: (before) => ({ ...before, ...change }), replace: true });

  // Whoever presses j twice is meant to come two further, also while the first one is still on its way.
  const gone = useRef(chosen);
  useEffect(() => {
    gone.current = chosen;
  }, [chosen]);
  const go = (step: 1 | -1) => {
    const next = rows[rows.findIndex(({ enrollmentId }) => enrollmentId === gone.current) + step];
    if (next === undefined) return;
    const { enrollmentId } = next;
    gone.current = enrollmentId;
    void navigate({ to: "/inbox/$enrollmentId", params: { enrollmentId }, search: query, resetScroll: false });
  };
  useHotkeys("j", () => go(1), [rows, query]);
  useHotkeys("k", () => go(-1), [rows, query]);

  return (
    <Page title="Inbox">
      <div className={classNames(chosen !== undefined && "max-lg:hidden")}>
        <InboxTabs isThreads />
      </div>
      <div className="grid min-h-0 grid-cols-[minmax(0,1fr)] overflow-hidden rounded-xl border border-line bg-card lg:h-[max(30rem,calc(100dvh-12.5rem))] lg:grid-cols-[21rem_minmax(0,1fr)]">
        <div
          className={classNames(
            "flex min-h-0 flex-col border-line lg:border-r",
            chosen !== undefined && "max-lg:hidden",
          )}
        >
          <div className="border-b border-line px-3 pt-3 [&_[role=search]]:mb-3 [&_select]:max-w-none [&_select]:min-w-0 [&_select]:flex-1 [&_select]:basis-[45%] [&_[role=search]>div]:max-w-none [&_[role=search]>div]:basis-full">
            <FilterBar
              onClear={Object.keys(query).length > 0 ? () => void navigate({ to: ".", search: {} }) : undefined}
            >
              <SearchFilter label="Name or address" value={query.search} onChange={(search) => set({ search })} />
              <SelectFilter
                label="Show"
                value={shownOf(query.show)}
                options={SHOWN}
                onChange={(show) => set({ show })}
              />
              <SelectFilter label="Last mail" value={wanted} options={KINDS} onChange={(kind) => set({ kind })} />
              <SelectFilter
                label="Cadence"
                value={query.cadenceId}
                options={names}
                onChange={(cadenceId) => set({ cadenceId })}
              />
            </FilterBar>
          </div>
          <ThreadList
            list={{ ...list, rows }}
            pages={list.data?.pages.length ?? 0}
            cadences={names}
            chosen={chosen}
            isFiltered={Object.keys(query).length > 0}
          />
        </div>
        <section
          aria-label="Conversation"
          className={classNames("min-h-0 min-w-0 lg:overflow-y-auto", chosen === undefined && "max-lg:hidden")}
        >
          <Outlet />
        </section>
      </div>
    </Page>
  );
}

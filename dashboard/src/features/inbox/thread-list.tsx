import { Link, useSearch } from "@tanstack/react-router";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";
import type { Thread } from "../../../../core/contract/thread.ts";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import type { Rows } from "../../ui/data-table.tsx";
import { Empty, ProblemNote, Skeleton } from "../../ui/notes.tsx";
import { When } from "../../ui/when.tsx";
import { nameKind, rootOf, toneOfKind } from "./mail-words.ts";

interface ThreadListProps {
  readonly list: Rows<Thread>;
  /** How many pages were read. One may have no row and still not be the last: the API looks so far at a time. */
  readonly pages: number;
  readonly cadences: Readonly<Record<string, string>>;
  readonly chosen: string | undefined;
  readonly isFiltered: boolean;
}

const ROW_HEIGHT = 92;
const AHEAD_ROWS = 15;
/** So many pages are looked through for rows that fit before a person is asked whether to go on. */
const PAGES_BY_ITSELF = 10;

/** The conversations, newest first; of any length, since only what is seen is in the page. */
export function ThreadList({ list, pages, cadences, chosen, isFiltered }: ThreadListProps) {
  const { rows, hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  const place = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => place.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
    getItemKey: (index) => rows[index]?.enrollmentId ?? index,
  });
  const seen = virtual.getVirtualItems();
  const last = seen.at(-1)?.index ?? 0;
  useEffect(() => {
    const isNearEnd = last >= rows.length - AHEAD_ROWS && (rows.length > AHEAD_ROWS || pages < PAGES_BY_ITSELF);
    if (isNearEnd && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [last, rows.length, pages, hasNextPage, isFetchingNextPage, fetchNextPage]);
  const chosenIndex = rows.findIndex(({ enrollmentId }) => enrollmentId === chosen);
  useEffect(() => {
    if (chosenIndex >= 0) virtual.scrollToIndex(chosenIndex, { align: "auto" });
  }, [chosenIndex, virtual]);

  return (
    <div
      ref={place}
      className="min-h-0 flex-1 overflow-y-auto max-lg:h-[calc(100dvh-19rem)] max-lg:min-h-72 max-lg:flex-none"
    >
      {list.isPending ? (
        <div className="p-3">
          <Skeleton lines={10} />
        </div>
      ) : null}
      {list.error === null ? null : (
        <div className="p-3">
          <ProblemNote error={list.error} onRetry={() => void list.refetch()} />
        </div>
      )}
      {!list.isPending && list.error === null && rows.length === 0 && !hasNextPage ? (
        <NoThreads isFiltered={isFiltered} />
      ) : null}
      <ul aria-label="Conversations" className="relative" style={{ height: virtual.getTotalSize() }}>
        {seen.map(({ index, key, start }) => {
          const row = rows[index];
          return row === undefined ? null : (
            <li
              key={key}
              ref={virtual.measureElement}
              data-index={index}
              className="absolute inset-x-0 border-b border-line"
              style={{ transform: `translateY(${start}px)` }}
            >
              <ThreadLink row={row} cadence={cadences[row.cadenceId]} isChosen={row.enrollmentId === chosen} />
            </li>
          );
        })}
      </ul>
      {hasNextPage ? (
        <div className="flex flex-col items-center gap-1 p-2 text-xs text-quiet">
          {rows.length === 0 && !isFetchingNextPage ? "Nothing fits so far." : ""}
          <Button isSmall weight="quiet" isBusy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            More
          </Button>
        </div>
      ) : null}
    </div>
  );
}

function NoThreads({ isFiltered }: { readonly isFiltered: boolean }) {
  if (isFiltered) return <Empty title="Nothing fits these filters" />;
  return (
    <Empty title="Nobody has answered yet">
      As soon as something comes back from a lead, the conversation stands here. “Also without a reply” shows those in
      which only we have written.
    </Empty>
  );
}

interface ThreadLinkProps {
  readonly row: Thread;
  readonly cadence: string | undefined;
  readonly isChosen: boolean;
}

function ThreadLink({ row, cadence, isChosen }: ThreadLinkProps) {
  const query = useSearch({ from: "/inbox" });
  return (
    <Link
      to="/inbox/$enrollmentId"
      params={{ enrollmentId: row.enrollmentId }}
      search={query}
      resetScroll={false}
      aria-current={isChosen ? "page" : undefined}
      className="block border-l-2 border-transparent px-3 py-2.5 hover:bg-raised focus-visible:-outline-offset-2 aria-[current=page]:border-accent aria-[current=page]:bg-accent-soft"
    >
      <span className="flex gap-3">
        <span className="min-w-0 flex-1">
          <bdi className="block truncate text-sm font-medium">
            {row.leadName ?? row.leadEmail ?? row.leadExternalId}
          </bdi>
          <bdi className="block truncate text-[13px]">
            {rootOf(row.subject) || (row.lastChannel === "linkedin" ? "On LinkedIn" : "Without a subject")}
          </bdi>
        </span>
        <span className="shrink-0 text-right text-xs">
          <When at={row.lastAt} form="brief" />
        </span>
      </span>
      <span className="mt-0.5 flex items-center gap-2 text-xs text-quiet">
        <bdi className="min-w-0 flex-1 truncate">
          {row.lastDirection === "out" ? "We: " : ""}
          {row.excerpt}
        </bdi>
        {cadence === undefined ? null : <span className="sr-only">In {cadence}.</span>}
        {row.lastDirection === "in" && row.lastKind !== null ? (
          <Badge tone={toneOfKind(row.lastKind)}>{nameKind(row.lastKind)}</Badge>
        ) : (
          <span className="shrink-0">{row.messages === 1 ? "1 message" : `${row.messages} messages`}</span>
        )}
      </span>
    </Link>
  );
}

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState, useSyncExternalStore } from "react";
import type { LogEntry } from "../../../../core/contract/log.ts";
import { call, type Query } from "../../api/call.ts";
import { useMode } from "../../api/mode.ts";
import { useList } from "../../api/queries.ts";
import { mergeTail } from "./merge-tail.ts";

/** How often the newest lines are asked for while the tail runs. */
const TAIL_MS = 2_000;
/** A line that has just come is tinted for so long. */
const FRESH_MS = 2_500;
/** What is new stands above the first so many that are known. */
const COMPARED_LINES = 400;
/** Who lets the tail run over night doesn't keep everything that came: from so many on the list begins anew. */
const TOP_LINES_MAX = 2_000;
/** Lines come into the log some seconds after they were written. */
const OVERLAP_MS = 120_000;
/** Whoever has scrolled further down than this reads, and isn't disturbed. */
const TOP_PX = 120;

interface Waiting {
  readonly key: string;
  /** Came while somebody read further down, newest first. */
  readonly lines: readonly LogEntry[];
}

interface Pages {
  readonly pages: readonly { readonly data: readonly LogEntry[]; readonly nextCursor: string | null }[];
  readonly pageParams: readonly unknown[];
}

/**
 * The log's lines, newest first, page by page; and what comes in meanwhile, of itself at the top or kept waiting for a press
 * while one reads further down. What was read once stays as it is: lines never change, so no page is read twice.
 */
export function useLogLines(query: Query, isTailing: boolean) {
  const mode = useMode();
  const client = useQueryClient();
  const key = JSON.stringify([mode, query]);
  const list = useList<LogEntry>("/v1/log", query, { staleMs: Number.POSITIVE_INFINITY });
  // A search looks through lines one by one: what was looked through isn't looked through again every time.
  const isSearch = query["search"] !== undefined || query["minMs"] !== undefined;
  const since = new Date(list.dataUpdatedAt - OVERLAP_MS).toISOString();
  const tail = useQuery({
    queryKey: [mode, "/v1/log", query, "tail"],
    queryFn: ({ signal }) =>
      call<{ data: LogEntry[]; nextCursor: string | null }>("/v1/log", {
        query: { ...query, ...(isSearch ? { since: query["since"] ?? since } : {}) },
        mode,
        signal,
      }),
    enabled: list.isSuccess && !list.isPlaceholderData,
    refetchInterval: isTailing ? TAIL_MS : false,
    staleTime: 0,
    gcTime: 0,
  });
  const [kept, setKept] = useState<Waiting>({ key, lines: [] });
  const waiting = kept.key === key ? kept.lines : [];
  const [freshIds, setFreshIds] = useState<ReadonlySet<string>>(new Set());
  const isAtTop = useIsAtTop();

  /** Above what was read: the same list is walked with j and k from line to line. */
  const take = (lines: readonly LogEntry[]) => {
    client.setQueryData<Pages>([mode, "/v1/log", query], (before) => {
      const [first, ...rest] = before?.pages ?? [];
      if (before === undefined || first === undefined) return before;
      return { ...before, pages: [{ ...first, data: [...lines, ...first.data] }, ...rest] };
    });
    setKept({ key, lines: [] });
    setFreshIds(new Set(lines.map(({ id }) => id)));
    setTimeout(() => setFreshIds(new Set()), FRESH_MS);
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: only an answer of the tail is a reason to compare
  useEffect(() => {
    if (tail.data === undefined || list.isPlaceholderData || list.data === undefined) return;
    const known = new Set([...waiting, ...list.rows.slice(0, COMPARED_LINES)].map(({ id }) => id));
    const { fresh, isGap } = mergeTail(known, tail.data.data, tail.data.nextCursor === null);
    const isOvergrown = (list.data.pages[0]?.data.length ?? 0) > TOP_LINES_MAX;
    if ((isGap || isOvergrown) && isAtTop) {
      setKept({ key, lines: [] });
      void client.resetQueries({ queryKey: [mode, "/v1/log", query], exact: true });
      return;
    }
    if (fresh.length === 0) return;
    const newest = [...fresh, ...waiting];
    if (isAtTop) take(newest);
    else setKept({ key, lines: newest });
  }, [tail.data]);

  const showWaiting = () => {
    take(waiting);
    window.scrollTo({ top: 0 });
  };

  return { list, waiting: waiting.length, showWaiting, freshIds, tailError: tail.error };
}

function useIsAtTop(): boolean {
  return useSyncExternalStore(listenToScroll, () => window.scrollY < TOP_PX);
}

function listenToScroll(listener: () => void): () => void {
  addEventListener("scroll", listener, { passive: true });
  return () => removeEventListener("scroll", listener);
}

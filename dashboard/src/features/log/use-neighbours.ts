import { useEffect } from "react";
import type { LogEntry } from "../../../../core/contract/log.ts";
import { useList } from "../../api/queries.ts";
import { type LogSearch, logQuery } from "./log-query.ts";

/** So many lines before the end of what was read the next page is asked for. */
const AHEAD_LINES = 5;

/** The lines beside this one in the list that one came from; null where there is none, or it isn't known. */
export function useNeighbours(entryId: string, search: LogSearch) {
  const { rows, hasNextPage, isFetchingNextPage, fetchNextPage } = useList<LogEntry>("/v1/log", logQuery(search), {
    staleMs: Number.POSITIVE_INFINITY,
  });
  const index = rows.findIndex(({ id }) => id === entryId);
  useEffect(() => {
    if (index >= rows.length - AHEAD_LINES && index >= 0 && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [index, rows.length, hasNextPage, isFetchingNextPage, fetchNextPage]);
  return {
    newer: index > 0 ? (rows[index - 1]?.id ?? null) : null,
    older: index >= 0 ? (rows[index + 1]?.id ?? null) : null,
  };
}

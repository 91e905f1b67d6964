import {
  keepPreviousData,
  type QueryClient,
  QueryClient as TanStackQueryClient,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { useMemo } from "react";
import { type CallOptions, call, type Query, Refusal } from "./call.ts";
import { type Mode, useMode } from "./mode.ts";

/** One for the whole dashboard. A refusal is an answer and isn't asked for again; what couldn't be reached is, twice. */
export const queries: QueryClient = new TanStackQueryClient({
  defaultOptions: {
    // Asked for also where the browser takes itself for offline: it fails at once and says so, instead of waiting in silence.
    mutations: { networkMode: "always" },
    queries: {
      networkMode: "always",
      staleTime: 10_000,
      retry: (failures, error) =>
        failures < 2 && (!(error instanceof Refusal) || error.status === 0 || error.status >= 500),
    },
  },
});

/** How a read is kept: `path` null waits; `everyMs` asks again by itself while the page is seen; within `staleMs` it counts as new; `mode` is for what has one only. */
export interface ReadOptions {
  readonly everyMs?: number;
  readonly staleMs?: number;
  readonly keep?: boolean;
  readonly mode?: Mode;
}

/** Reads one thing of the API in the person's mode. */
export function useRead<Answer>(
  path: string | null,
  query: Query = {},
  { everyMs, staleMs, keep, mode: only }: ReadOptions = {},
) {
  const own = useMode();
  const mode = only ?? own;
  return useQuery({
    queryKey: [mode, path, query],
    queryFn: ({ signal }) => call<Answer>(path ?? "", { query, mode, signal }),
    enabled: path !== null,
    ...(everyMs === undefined ? {} : { refetchInterval: everyMs }),
    ...(staleMs === undefined ? {} : { staleTime: staleMs }),
    ...(keep ? { placeholderData: keepPreviousData } : {}),
  });
}

interface Page<Row> {
  readonly data: readonly Row[];
  readonly nextCursor: string | null;
}

/** Reads a list page by page; `rows` are those that were read so far, in the API's order. */
export function useList<Row>(path: string, query: Query = {}, { everyMs, staleMs, mode: only }: ReadOptions = {}) {
  const own = useMode();
  const mode = only ?? own;
  const list = useInfiniteQuery({
    queryKey: [mode, path, query],
    queryFn: ({ pageParam, signal }) =>
      call<Page<Row>>(path, { query: { limit: 100, ...query, cursor: pageParam }, mode, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    ...(everyMs === undefined ? {} : { refetchInterval: everyMs }),
    ...(staleMs === undefined ? {} : { staleTime: staleMs }),
  });
  const rows = useMemo(() => list.data?.pages.flatMap(({ data }) => data) ?? [], [list.data]);
  return { ...list, rows };
}

/** What a change asks of the API. */
export interface Change extends Omit<CallOptions, "signal" | "query"> {
  readonly path: string;
  readonly query?: Query;
}

/**
 * Changes something: `send({ path, method, body })`. Afterwards whatever was read under one of `touches` (beginnings of paths) is
 * read again. A POST carries an idempotency key; give your own where a person may press twice.
 */
export function useChange<Answer = unknown>(touches: readonly string[]) {
  const client = useQueryClient();
  const mode = useMode();
  return useMutation<Answer, Error, Change>({
    mutationFn: ({ path, ...options }) =>
      call<Answer>(path, {
        mode,
        method: "POST",
        ...((options.method ?? "POST") === "POST" ? { idempotencyKey: crypto.randomUUID() } : {}),
        ...options,
      }),
    // A refusal is told at once; what was changed is shown as it is now.
    onSettled: (_answer, error) => {
      const read = refresh(client, touches);
      return error === null ? read : undefined;
    },
  });
}

/** Reads again whatever was read under one of these beginnings of paths. */
export function refresh(client: QueryClient, touches: readonly string[]): Promise<void> {
  return client.invalidateQueries({
    predicate: ({ queryKey: [, path] }) =>
      typeof path === "string" && touches.some((touched) => path.startsWith(touched)),
  });
}

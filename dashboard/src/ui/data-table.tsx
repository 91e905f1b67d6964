import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from "react";
import { Button } from "./button.tsx";
import { Empty, ProblemNote, Skeleton } from "./notes.tsx";
import { useWalkRows } from "./walk-rows.ts";

/** One column of a list. `width` is a CSS grid track; `isWide` leaves it out on a phone. */
export interface Column<Row> {
  readonly name: string;
  readonly width: string;
  readonly isWide?: boolean;
  readonly cell: (row: Row) => ReactNode;
}

/** The rows that were read so far, as useList answers them. */
export interface Rows<Row> {
  readonly rows: readonly Row[];
  readonly error: unknown;
  readonly isPending: boolean;
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  readonly fetchNextPage: () => unknown;
  readonly refetch: () => unknown;
}

/** Which rows are chosen, by their ids, and how to change that. */
export interface Choice {
  readonly chosen: ReadonlySet<string>;
  readonly onChoose: (chosen: ReadonlySet<string>) => void;
}

interface DataTableProps<Row> {
  readonly label: string;
  readonly list: Rows<Row>;
  readonly columns: readonly Column<Row>[];
  readonly idOf: (row: Row) => string;
  /** The link of a row, covering it: pass the class on to it. Rows are walked with j and k. */
  readonly link?: (row: Row, className: string) => ReactNode;
  readonly choice?: Choice;
  /** A row that has just come is tinted, as long as this says so. */
  readonly isFresh?: (row: Row) => boolean;
  readonly empty: ReactNode;
}

const ROW_HEIGHT = 52;
/** So many rows before the end the next page is asked for. */
const AHEAD_ROWS = 20;

/** A list of any length: only what is seen is in the page, and what comes next is read as one gets there. */
export function DataTable<Row>({ label, list, columns, idOf, link, choice, isFresh, empty }: DataTableProps<Row>) {
  const { rows, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  const place = useRef<HTMLDivElement>(null);
  const [margin, setMargin] = useState(0);
  const table = useRef<HTMLDivElement>(null);
  useWalkRows(table);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the list isn't in the page before its first rows are
  useLayoutEffect(
    () => setMargin(place.current === null ? 0 : place.current.getBoundingClientRect().top + scrollY),
    [isPending],
  );
  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
    scrollMargin: margin,
    getItemKey: (index) => {
      const row = rows[index];
      return row === undefined ? index : idOf(row);
    },
  });
  const seen = virtual.getVirtualItems();
  const last = seen.at(-1)?.index ?? 0;
  const [first] = rows;
  const stand = first === undefined ? "" : `${rows.length} ${idOf(first)}`;
  const askedAt = useRef("");
  useEffect(() => {
    // A page that brought nothing, or failed, isn't followed by itself by another: a search could go on for ever.
    if (stand === "" || stand === askedAt.current) return;
    if (last < rows.length - AHEAD_ROWS || !hasNextPage || isFetchingNextPage) return;
    askedAt.current = stand;
    void fetchNextPage();
  }, [stand, last, rows.length, hasNextPage, isFetchingNextPage, fetchNextPage]);

  if (isPending) return <Skeleton lines={8} />;
  if (error !== null && rows.length === 0) return <ProblemNote error={error} onRetry={() => void list.refetch()} />;
  if (rows.length === 0 && hasNextPage)
    return (
      <div className="rounded-xl border border-line bg-card">
        <Empty
          title="Nothing in what was looked through so far"
          action={
            <Button isBusy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
              Look further back
            </Button>
          }
        />
      </div>
    );
  if (rows.length === 0) return <div className="rounded-xl border border-line bg-card">{empty}</div>;

  const tracks = [...(choice ? ["2.25rem"] : []), ...columns.map(({ width }) => width)].join(" ");
  const narrowTracks = [
    ...(choice ? ["2.25rem"] : []),
    ...columns.filter(({ isWide }) => !isWide).map(({ width }) => width),
  ].join(" ");
  const style = { "--tracks": tracks, "--narrow-tracks": narrowTracks } as React.CSSProperties;
  const grid = "grid grid-cols-(--narrow-tracks) items-center gap-x-4 px-4 md:grid-cols-(--tracks)";

  return (
    <div style={style} className="overflow-x-clip rounded-xl border border-line bg-card">
      <div ref={table} data-walked role="table" aria-label={label} aria-rowcount={hasNextPage ? -1 : rows.length + 1}>
        <div role="rowgroup">
          <div role="row" className={`${grid} h-9 border-b border-line text-xs font-medium text-quiet`}>
            {choice ? (
              <div role="columnheader">
                <ChooseAll choice={choice} ids={rows.map(idOf)} />
              </div>
            ) : null}
            {columns.map(({ name, isWide }) => (
              <div key={name} role="columnheader" className={isWide ? "hidden md:block" : ""}>
                {name}
              </div>
            ))}
          </div>
        </div>
        <div ref={place} role="rowgroup" className="relative" style={{ height: virtual.getTotalSize() }}>
          {seen.map(({ index, key, start }) => {
            const row = rows[index];
            if (row === undefined) return null;
            const id = idOf(row);
            return (
              <div
                key={key}
                role="row"
                aria-rowindex={index + 2}
                ref={virtual.measureElement}
                data-index={index}
                className={`${grid} absolute inset-x-0 min-h-[52px] border-b border-line py-1.5 text-sm transition-colors duration-1000 last:border-b-0 focus-within:bg-raised hover:bg-raised hover:duration-0 ${isFresh?.(row) ? "bg-accent-soft" : ""}`}
                style={{ transform: `translateY(${start - margin}px)` }}
              >
                {choice ? (
                  <div role="cell" className="relative z-10">
                    <ChooseOne choice={choice} id={id} />
                  </div>
                ) : null}
                {columns.map(({ name, isWide, cell }, column) => (
                  <div
                    key={name}
                    role="cell"
                    className={`min-w-0 max-md:break-words md:truncate ${isWide ? "hidden md:block" : ""}`}
                  >
                    {column === 0 && link
                      ? link(
                          row,
                          "font-medium max-md:line-clamp-3 after:absolute after:inset-0 after:content-[''] focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-accent focus-visible:after:-outline-offset-2",
                        )
                      : cell(row)}
                  </div>
                ))}
              </div>
            );
          })}
        </div>
      </div>
      {error === null ? null : <ProblemNote error={error} onRetry={() => void fetchNextPage()} />}
      {hasNextPage ? (
        <div className="flex justify-center border-t border-line p-2">
          <Button isSmall weight="quiet" isBusy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            More
          </Button>
        </div>
      ) : null}
    </div>
  );
}

function ChooseOne({ choice: { chosen, onChoose }, id }: { readonly choice: Choice; readonly id: string }) {
  return (
    <input
      type="checkbox"
      aria-label={`Choose ${id}`}
      className="size-4 accent-(--accent)"
      checked={chosen.has(id)}
      onChange={({ target }) =>
        onChoose(new Set(target.checked ? [...chosen, id] : [...chosen].filter((one) => one !== id)))
      }
    />
  );
}

function ChooseAll({
  choice: { chosen, onChoose },
  ids,
}: {
  readonly choice: Choice;
  readonly ids: readonly string[];
}) {
  const isAll = ids.length > 0 && ids.every((id) => chosen.has(id));
  return (
    <input
      type="checkbox"
      aria-label="Choose all that are shown"
      className="size-4 accent-(--accent)"
      checked={isAll}
      onChange={() => onChoose(new Set(isAll ? [] : ids))}
    />
  );
}

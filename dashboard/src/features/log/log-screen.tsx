import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { ArrowUp } from "lucide-react";
import type { LogEntry } from "../../../../core/contract/log.ts";
import { useCadenceNames, useEndpointNames } from "../../api/names.ts";
import { Button } from "../../ui/button.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { Empty } from "../../ui/notes.tsx";
import { Page } from "../../ui/page.tsx";
import { Switch } from "../../ui/switch.tsx";
import { When } from "../../ui/when.tsx";
import { columns } from "./log-columns.tsx";
import { LogFilters } from "./log-filters.tsx";
import { FILTERS, type LogSearch, logQuery } from "./log-query.ts";
import { sayEntry } from "./say-entry.ts";
import { useLogLines } from "./use-log-lines.ts";

/** Everything that crossed the wire, as it crosses. */
export function LogScreen() {
  const search = useSearch({ from: "/log" });
  const navigate = useNavigate({ from: "/log" });
  const endpoints = useEndpointNames();
  const cadences = useCadenceNames();
  const isOver = search.until !== undefined;
  const isTailing = search.tail !== "off" && !isOver;
  const { list, waiting, showWaiting, freshIds, tailError } = useLogLines(logQuery(search), isTailing);
  const isFiltered = FILTERS.some((name) => search[name] !== undefined);
  const set = (change: LogSearch) => void navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  return (
    <Page
      title="Delivery log"
      lead="Every request to your endpoints, what came back, and what came of it."
      actions={
        <Switch
          label={isTailing && tailError !== null ? "Live, not reached" : "Live"}
          isOn={isTailing}
          isDisabled={isOver}
          onChange={(isOn) => set({ tail: isOn ? undefined : "off" })}
        />
      }
    >
      <LogFilters
        search={search}
        endpoints={endpoints}
        cadences={cadences}
        onChange={set}
        onClear={isFiltered ? () => void navigate({ search: search.tail ? { tail: search.tail } : {} }) : undefined}
      />
      <p role="status" className="sr-only">
        {freshIds.size > 0 ? `${freshIds.size} new` : ""}
      </p>
      {waiting > 0 ? (
        <div className="sticky top-16 z-20 h-0 text-center lg:top-3">
          <Button isSmall weight="primary" className="rounded-full shadow-lg" onClick={showWaiting}>
            <ArrowUp className="size-3.5" aria-hidden />
            <span aria-live="polite">{waiting >= 100 ? "100 or more new" : `${waiting} new`}</span>
          </Button>
        </div>
      ) : null}
      <DataTable<LogEntry>
        label="Delivery log"
        list={list}
        columns={columns(endpoints, cadences)}
        idOf={({ id }) => id}
        isFresh={({ id }) => freshIds.has(id)}
        link={(entry, className) => (
          <Link to="/log/$entryId" params={{ entryId: entry.id }} search={search} className={className}>
            <When at={entry.at} form="brief" isExact />
            <span className="sr-only">: {sayEntry(entry)}</span>
          </Link>
        )}
        empty={
          isFiltered ? (
            <Empty
              title="Nothing fits these filters"
              action={<Button onClick={() => void navigate({ search: {} })}>Clear the filters</Button>}
            />
          ) : (
            <Empty title="Nothing has crossed the wire yet">
              As soon as a step of a cadence is due, the request to its endpoint appears here by itself. Enroll somebody
              to see it.
            </Empty>
          )
        }
      />
    </Page>
  );
}

import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import type { AuditEntry } from "../../../../core/contract/audit.ts";
import { queryOf } from "../../api/call.ts";
import { useList } from "../../api/queries.ts";
import { Badge } from "../../ui/badge.tsx";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { DownloadButton } from "../../ui/download.tsx";
import { FilterBar, SearchFilter, SelectFilter } from "../../ui/filters.tsx";
import { Empty } from "../../ui/notes.tsx";
import { When } from "../../ui/when.tsx";
import { AuditDetail } from "./audit-detail.tsx";
import { ACTIONS, instantOf, nameAction, nameActor } from "./audit-words.ts";
import { DayFilter } from "./day-filter.tsx";
import { SettingsPage } from "./settings-page.tsx";

/** Who did what to what. */
export function AuditScreen() {
  const query = useSearch({ from: "/settings/audit" });
  const navigate = useNavigate({ from: "/settings/audit" });
  const [shown, setShown] = useState<AuditEntry | null>(null);
  const { since, until, ...filters } = query;
  const asked = { ...filters, since: instantOf(since, "begins"), until: instantOf(until, "ends") };
  const list = useList<AuditEntry>("/v1/audit-log", asked);
  const isFiltered = Object.keys(query).length > 0;
  const set = (change: typeof query) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  const file = (format: "csv" | "ndjson") => `/v1/audit-log/export${queryOf({ ...asked, format })}`;
  return (
    <SettingsPage
      lead="Every change, by whom and from where, newest first. Rows are never changed."
      actions={
        <>
          <DownloadButton path={file("csv")} name="audit-log.csv">
            CSV
          </DownloadButton>
          <DownloadButton path={file("ndjson")} name="audit-log.ndjson">
            NDJSON
          </DownloadButton>
        </>
      }
    >
      <FilterBar onClear={isFiltered ? () => void navigate({ search: {} }) : undefined}>
        <SearchFilter
          label="Id of what was changed"
          value={query.targetId}
          onChange={(targetId) => set({ targetId })}
        />
        <SelectFilter label="Act" value={query.action} options={ACTIONS} onChange={(action) => set({ action })} />
        <DayFilter label="From (UTC)" value={since} onChange={(day) => set({ since: day })} />
        <DayFilter label="To (UTC)" value={until} onChange={(day) => set({ until: day })} />
        {query.actor === undefined ? null : (
          <span className="text-sm text-quiet">
            Only by <code className="font-mono text-xs">{query.actor}</code>
          </span>
        )}
      </FilterBar>
      <DataTable
        label="Audit log"
        list={list}
        columns={columns(setShown)}
        idOf={({ id }) => id}
        empty={
          isFiltered ? (
            <Empty title="Nothing fits these filters" />
          ) : (
            <Empty title="Nothing was changed yet">Whatever somebody changes here or by the API is noted.</Empty>
          )
        }
      />
      {shown === null ? null : (
        <AuditDetail
          entry={shown}
          onClose={() => setShown(null)}
          onActor={(actor) => {
            setShown(null);
            set({ actor });
          }}
        />
      )}
    </SettingsPage>
  );
}

function columns(onShow: (entry: AuditEntry) => void): readonly Column<AuditEntry>[] {
  return [
    {
      name: "Act",
      width: "minmax(0,1.4fr)",
      cell: (entry) => (
        <>
          <button
            type="button"
            onClick={() => onShow(entry)}
            className="block min-h-6 max-w-full text-left font-medium hover:text-accent md:truncate"
          >
            {nameAction(entry.action)}
          </button>
          {entry.outcome === "refused" ? <Badge tone="bad">Refused</Badge> : null}
        </>
      ),
    },
    { name: "By", width: "minmax(0,1.3fr)", cell: ({ actor }) => <bdi>{nameActor(actor)}</bdi> },
    {
      name: "What",
      width: "minmax(0,1.2fr)",
      isWide: true,
      cell: ({ target }) => <code className="font-mono text-xs text-quiet">{target.id ?? "several"}</code>,
    },
    {
      name: "From",
      width: "9rem",
      isWide: true,
      cell: ({ from }) => <span className="text-quiet">{from.address ?? "inside"}</span>,
    },
    { name: "When", width: "8.5rem", cell: ({ at }) => <When at={at} form="brief" /> },
  ];
}

import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import type { EnrollmentSummary } from "../../../../core/contract/enrollment.ts";
import { useCadenceNames } from "../../api/names.ts";
import { useList } from "../../api/queries.ts";
import { useMay } from "../../shell/use-me.ts";
import { buttonLook } from "../../ui/button.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { EXIT_REASONS, STATES } from "../../ui/enrollment-words.ts";
import { FilterBar, SearchFilter, SelectFilter } from "../../ui/filters.tsx";
import { Empty } from "../../ui/notes.tsx";
import { Page } from "../../ui/page.tsx";
import { BulkBar } from "./bulk-bar.tsx";
import { enrollmentColumns } from "./enrollment-columns.tsx";

const HELD = { true: "Yes" } as const;

/** Who is in which cadence, how far, and what comes next. */
export function EnrollmentListScreen() {
  const query = useSearch({ from: "/enrollments" });
  const navigate = useNavigate({ from: "/enrollments" });
  const mayWrite = useMay("enrollments:write");
  const cadenceNames = useCadenceNames();
  const asked = askedOf(query);
  const list = useEnrollments(asked);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const isFiltered = Object.keys(query).length > 0;
  const set = (change: typeof query) => {
    setChosen(new Set());
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  };
  return (
    <Page
      title="Enrollments"
      lead="One row for each lead in a cadence. The list is some seconds late; one enrollment by itself is always the truth."
      actions={
        mayWrite ? (
          <Link to="/enrollments/add" className={buttonLook("primary")}>
            Add leads
          </Link>
        ) : null
      }
    >
      <FilterBar onClear={isFiltered ? () => void navigate({ search: {} }) : undefined}>
        <SearchFilter label="Name, e-mail or id" value={query.search} onChange={(search) => set({ search })} />
        <SelectFilter
          label="State"
          value={keyOf(STATES, query.state)}
          options={STATES}
          onChange={(state) => set({ state })}
        />
        <SelectFilter
          label="Cadence"
          value={query.cadenceId}
          options={withChosen(cadenceNames, query.cadenceId)}
          onChange={(cadenceId) => set({ cadenceId })}
        />
        <SelectFilter label="Held" value={keyOf(HELD, query.held)} options={HELD} onChange={(held) => set({ held })} />
        <SelectFilter
          label="Why it ended"
          value={keyOf(EXIT_REASONS, query.exitReason)}
          options={EXIT_REASONS}
          onChange={(exitReason) => set({ exitReason })}
        />
      </FilterBar>
      {mayWrite ? (
        <BulkBar
          key={JSON.stringify(query)}
          rows={list.rows}
          hasMore={list.hasNextPage}
          query={asked}
          chosen={chosen}
          onChoose={setChosen}
        />
      ) : null}
      <DataTable
        label="Enrollments"
        list={list}
        columns={enrollmentColumns(cadenceNames)}
        idOf={({ id }) => id}
        link={(row, className) => (
          <>
            <Link to="/enrollments/$enrollmentId" params={{ enrollmentId: row.id }} className={className}>
              {row.leadName ?? row.leadEmail ?? row.leadExternalId}
            </Link>
            <span className="block truncate text-xs text-quiet">
              {row.leadName === null ? row.leadExternalId : (row.leadEmail ?? row.leadExternalId)}
            </span>
          </>
        )}
        {...(mayWrite ? { choice: { chosen, onChoose: setChosen } } : {})}
        empty={
          isFiltered ? (
            <Empty title="Nobody fits these filters" />
          ) : (
            <Empty
              title="Nobody is enrolled yet"
              action={
                mayWrite ? (
                  <Link to="/enrollments/add" className={buttonLook("primary")}>
                    Add leads
                  </Link>
                ) : null
              }
            >
              Add one lead or a file of them, and they start on the cadence that you choose.
            </Empty>
          )
        }
      />
    </Page>
  );
}

/** The list; a search whose first pages found nobody is gone on with, since each page looks through a part only. */
function useEnrollments(query: Readonly<Record<string, string | undefined>>) {
  const list = useList<EnrollmentSummary>("/v1/enrollments", query);
  const { rows, hasNextPage, isFetchingNextPage, fetchNextPage, error } = list;
  const isLooking = rows.length === 0 && hasNextPage && error === null;
  useEffect(() => {
    if (isLooking && !isFetchingNextPage) void fetchNextPage();
  }, [isLooking, isFetchingNextPage, fetchNextPage]);
  return { ...list, isPending: list.isPending || isLooking };
}

/** What is asked of the API: one letter is no search yet. */
function askedOf({ search, ...filters }: Readonly<Record<string, string | undefined>>) {
  return search === undefined || search.trim().length < 2 ? filters : { ...filters, search: search.trim() };
}

function keyOf<Key extends string>(options: Readonly<Record<Key, string>>, text: string | undefined): Key | undefined {
  return (Object.keys(options) as Key[]).find((key) => key === text);
}

/** The cadence that the address names may be behind the first page of them. */
function withChosen(names: Readonly<Record<string, string>>, id: string | undefined): Readonly<Record<string, string>> {
  return id === undefined || names[id] !== undefined ? names : { ...names, [id]: id };
}

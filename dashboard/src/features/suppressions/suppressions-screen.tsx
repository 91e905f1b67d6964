import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import type { Suppression } from "../../../../core/contract/suppression.ts";
import { useChange, useList } from "../../api/queries.ts";
import { useMay } from "../../shell/use-me.ts";
import { Badge, type Tone } from "../../ui/badge.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { DownloadButton } from "../../ui/download.tsx";
import { FilterBar, SearchFilter, SelectFilter } from "../../ui/filters.tsx";
import { Empty } from "../../ui/notes.tsx";
import { Page } from "../../ui/page.tsx";
import { When } from "../../ui/when.tsx";
import { AddSuppressions } from "./add-suppressions.tsx";

const REASONS = {
  unsubscribed: "Unsubscribed",
  bounced: "Bounced",
  complained: "Complained",
  manual: "By hand",
} as const satisfies Record<Suppression["reason"], string>;
const TONES = {
  unsubscribed: "info",
  bounced: "warn",
  complained: "bad",
  manual: "plain",
} as const satisfies Record<Suppression["reason"], Tone>;

/** Who is not written to any more, and why. */
export function SuppressionsScreen() {
  const query = useSearch({ from: "/suppressions" });
  const navigate = useNavigate({ from: "/suppressions" });
  const mayWrite = useMay("suppressions:write");
  const list = useList<Suppression>("/v1/suppressions", query);
  const isFiltered = Object.keys(query).length > 0;
  const set = (change: typeof query) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  return (
    <Page
      title="Suppressions"
      lead="Nobody on this list is written to, by any cadence."
      actions={
        <>
          <DownloadButton path="/v1/suppressions/export" name="suppressions.csv">
            Export as CSV
          </DownloadButton>
          {mayWrite ? <AddSuppressions /> : null}
        </>
      }
    >
      <FilterBar onClear={isFiltered ? () => void navigate({ search: {} }) : undefined}>
        <SearchFilter label="Address or domain" value={query.search} onChange={(search) => set({ search })} />
        <SelectFilter
          label="Reason"
          value={reasonOf(query.reason)}
          options={REASONS}
          onChange={(reason) => set({ reason })}
        />
      </FilterBar>
      <DataTable
        label="Suppressions"
        list={list}
        columns={columns(mayWrite)}
        idOf={({ id }) => id}
        empty={
          isFiltered ? (
            <Empty title="Nothing fits these filters" />
          ) : (
            <Empty title="Nobody is suppressed">
              Who unsubscribes, complains or bounces comes here by itself. Add those whom you must not write to.
            </Empty>
          )
        }
      />
    </Page>
  );
}

function columns(mayWrite: boolean): readonly Column<Suppression>[] {
  return [
    {
      name: "Address or domain",
      width: "minmax(0,2fr)",
      cell: ({ value }) => <span className="font-medium">{value}</span>,
    },
    {
      name: "Reason",
      width: "minmax(7rem,1fr)",
      cell: ({ reason }) => <Badge tone={TONES[reason]}>{REASONS[reason]}</Badge>,
    },
    {
      name: "From",
      width: "minmax(0,1fr)",
      isWide: true,
      cell: ({ enrollmentId }) =>
        enrollmentId === null ? (
          <span className="text-quiet">a person or an import</span>
        ) : (
          <Link to="/enrollments/$enrollmentId" params={{ enrollmentId }} className="text-accent underline">
            an enrollment
          </Link>
        ),
    },
    {
      name: "Since",
      width: "minmax(9rem,1fr)",
      isWide: true,
      cell: ({ createdAt }) => <When at={createdAt} form="brief" />,
    },
    ...(mayWrite ? [{ name: "Actions", width: "5.5rem", cell: (row: Suppression) => <Lift row={row} /> }] : []),
  ];
}

function Lift({ row }: { readonly row: Suppression }) {
  const change = useChange(["/v1/suppressions"]);
  return (
    <Confirm
      label="Lift"
      isSmall
      title={`Write to ${row.value} again?`}
      yes="Write to them again"
      onYes={() => change.mutateAsync({ path: `/v1/suppressions/${row.id}`, method: "DELETE" })}
    >
      {row.reason === "manual"
        ? "Cadences may write to them from then on. Enrollments that have ended stay ended."
        : "They are here because of what they or their mail server told. Writing to them against their wish can be unlawful, and harms your sender's name."}
    </Confirm>
  );
}

function reasonOf(text: string | undefined): Suppression["reason"] | undefined {
  return (Object.keys(REASONS) as Suppression["reason"][]).find((reason) => reason === text);
}

import { type Column, DataTable } from "../../ui/data-table.tsx";
import { Empty } from "../../ui/notes.tsx";
import type { ReadRow } from "./row-to-lead.ts";

/** A row of the file that is not enrolled, and why. */
export interface FailedRow {
  readonly row: ReadRow;
  readonly error: string;
}

const COLUMNS: readonly Column<FailedRow>[] = [
  { name: "Row", width: "4rem", cell: ({ row }) => <span className="tabular-nums">{row.line}</span> },
  {
    name: "Lead",
    width: "minmax(0,1fr)",
    cell: ({ row: { lead } }) => lead.leadName ?? lead.leadEmail ?? (lead.leadExternalId || "–"),
  },
  {
    name: "Why",
    width: "minmax(0,2fr)",
    cell: ({ error }) => <span className="break-words whitespace-normal text-bad">{error}</span>,
  },
];

/** All of them; only those that are seen are in the page. */
export function FailedRows({ rows }: { readonly rows: readonly FailedRow[] }) {
  return (
    <DataTable
      label="Rows that were not enrolled"
      list={{ ...ALL_HERE, rows }}
      columns={COLUMNS}
      idOf={({ row }) => String(row.line)}
      empty={<Empty title="None" />}
    />
  );
}

const ALL_HERE = {
  error: null,
  isPending: false,
  hasNextPage: false,
  isFetchingNextPage: false,
  fetchNextPage: () => {},
  refetch: () => {},
};

import { Link } from "@tanstack/react-router";
import type { InboundMailEntry } from "../../../../core/contract/inbound.ts";
import { useList } from "../../api/queries.ts";
import { Badge } from "../../ui/badge.tsx";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { Empty } from "../../ui/notes.tsx";
import { Page } from "../../ui/page.tsx";
import { When } from "../../ui/when.tsx";
import { InboxTabs } from "./inbox-tabs.tsx";
import { nameKind, toneOfKind } from "./mail-words.ts";

/** Mail of which nobody could say whose it is. It has stopped nobody. */
export function UnmatchedScreen() {
  const list = useList<InboundMailEntry>("/v1/inbound", { status: "unmatched" }, { everyMs: 5_000 });
  return (
    <Page
      title="Inbox"
      part="Unmatched"
      lead="Nothing proves whose these mails are, so they have stopped nobody. Open one and say whose it is."
    >
      <InboxTabs />
      <DataTable
        label="Unmatched mail"
        list={list}
        columns={COLUMNS}
        idOf={({ id }) => id}
        link={(row, className) => (
          <Link to="/inbox/mails/$inboundId" params={{ inboundId: row.id }} className={className}>
            <bdi>{row.fromEmail ?? (row.envelopeFrom || "No sender")}</bdi>
          </Link>
        )}
        empty={
          <Empty title="Every mail found its conversation">
            Mail that answers nothing of ours, or that doesn't prove who wrote it, waits here until you say whose it is.
          </Empty>
        }
      />
    </Page>
  );
}

const COLUMNS: readonly Column<InboundMailEntry>[] = [
  { name: "From", width: "minmax(0,1.1fr)", cell: ({ fromEmail }) => fromEmail },
  {
    name: "Mail",
    width: "minmax(0,1.6fr)",
    cell: ({ subject, excerpt }) => (
      <>
        <bdi className="block truncate">{subject ?? "Without a subject"}</bdi>
        <bdi className="block truncate text-xs text-quiet">{excerpt}</bdi>
      </>
    ),
  },
  {
    name: "Taken for",
    width: "8.5rem",
    isWide: true,
    cell: ({ kind }) => <Badge tone={toneOfKind(kind)}>{nameKind(kind)}</Badge>,
  },
  {
    name: "Why unmatched",
    width: "minmax(0,1.6fr)",
    isWide: true,
    cell: ({ reason, suggestedEnrollmentId }) => (
      <>
        <span className="block truncate text-quiet" title={reason ?? undefined}>
          {reason ?? "not said"}
        </span>
        {suggestedEnrollmentId === null ? null : <Badge tone="info">A suggestion</Badge>}
      </>
    ),
  },
  { name: "Came in", width: "8.5rem", isWide: true, cell: ({ at }) => <When at={at} form="brief" /> },
];

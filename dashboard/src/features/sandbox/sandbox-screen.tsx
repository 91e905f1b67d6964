import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import type { SandboxMessageSummary } from "../../../../core/contract/sandbox-message.ts";
import { useList } from "../../api/queries.ts";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { FilterBar } from "../../ui/filters.tsx";
import { Empty } from "../../ui/notes.tsx";
import { Page } from "../../ui/page.tsx";
import { When } from "../../ui/when.tsx";
import { TestModeOnly } from "./test-mode-only.tsx";

/** What sandbox mailboxes "sent". Nothing of it has left this installation. */
export function SandboxScreen() {
  return (
    <TestModeOnly>
      <Messages />
    </TestModeOnly>
  );
}

function Messages() {
  const query = useSearch({ from: "/sandbox" });
  const navigate = useNavigate({ from: "/sandbox" });
  const list = useList<SandboxMessageSummary>("/v1/sandbox/messages", query, { everyMs: 5_000 });
  return (
    <Page
      title="Sandbox mail"
      lead="Every message of test mode, as the lead would get it. Nothing of it leaves this installation. Open one to answer it as the lead."
    >
      {query.enrollmentId === undefined ? null : (
        <FilterBar onClear={() => void navigate({ search: {} })}>
          <span className="text-sm text-quiet">
            Only of{" "}
            <Link
              to="/enrollments/$enrollmentId"
              params={{ enrollmentId: query.enrollmentId }}
              className="text-accent underline"
            >
              one enrollment
            </Link>
          </span>
        </FilterBar>
      )}
      <DataTable
        label="Sandbox mail"
        list={list}
        columns={COLUMNS}
        idOf={({ sendKey }) => sendKey}
        link={({ sendKey, subject }, className) => (
          <Link to="/sandbox/$sendKey" params={{ sendKey }} className={className}>
            {subject || "Without a subject"}
          </Link>
        )}
        empty={
          <Empty
            title="No message yet"
            action={
              <Link to="/enrollments/add" className="text-accent underline">
                Add a lead
              </Link>
            }
          >
            Enroll a lead in test mode. What the cadence sends comes here within seconds of its time.
          </Empty>
        }
      />
    </Page>
  );
}

const COLUMNS: readonly Column<SandboxMessageSummary>[] = [
  { name: "Subject", width: "minmax(0,2fr)", cell: ({ subject }) => subject },
  { name: "To", width: "minmax(0,1.4fr)", cell: ({ to }) => to },
  { name: "From", width: "minmax(0,1.2fr)", isWide: true, cell: ({ from }) => from },
  { name: "Sent", width: "9rem", isWide: true, cell: ({ at }) => <When at={at} form="brief" /> },
];

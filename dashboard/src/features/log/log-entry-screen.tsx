import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { ArrowLeft, ChevronLeft, ChevronRight } from "lucide-react";
import { useHotkeys } from "react-hotkeys-hook";
import type { LogEntry } from "../../../../core/contract/log.ts";
import { useRead } from "../../api/queries.ts";
import { Button } from "../../ui/button.tsx";
import { Page } from "../../ui/page.tsx";
import { Read } from "../../ui/read.tsx";
import { When } from "../../ui/when.tsx";
import { type Bodies, ExchangeEntry } from "./exchange-entry.tsx";
import { MessageEntry } from "./message-entry.tsx";
import { NoteEntry } from "./note-entry.tsx";
import { OutcomeBadge } from "./outcome-badge.tsx";
import { sayEntry } from "./say-entry.ts";
import { useNeighbours } from "./use-neighbours.ts";

/** One line of the log, whole. */
export function LogEntryScreen() {
  const { entryId } = useParams({ from: "/log/$entryId" });
  const search = useSearch({ from: "/log/$entryId" });
  const navigate = useNavigate();
  const { newer, older } = useNeighbours(entryId, search);
  const entry = useRead<LogEntry & { bodies: Bodies | null }>(`/v1/log/${entryId}`, {}, { staleMs: 60_000 });
  const go = (id: string | null) => {
    if (id !== null) void navigate({ to: "/log/$entryId", params: { entryId: id }, search, replace: true });
  };
  useHotkeys("j", () => go(older));
  useHotkeys("k", () => go(newer));
  useHotkeys("u", () => void navigate({ to: "/log", search }));
  const line = entry.data;
  return (
    <Page
      title={line === undefined ? "A line of the log" : sayEntry(line)}
      beside={line === undefined ? undefined : <OutcomeBadge entry={line} />}
      lead={line === undefined ? undefined : <When at={line.at} isExact />}
      actions={
        <>
          <Link to="/log" search={search} className="mr-2 inline-flex items-center gap-1 py-1 text-sm text-accent">
            <ArrowLeft className="size-4" aria-hidden /> Delivery log
          </Link>
          <Button isSmall disabled={newer === null} onClick={() => go(newer)} title="Newer line (k)">
            <ChevronLeft className="size-4" aria-hidden /> Newer
          </Button>
          <Button isSmall disabled={older === null} onClick={() => go(older)} title="Older line (j)">
            Older <ChevronRight className="size-4" aria-hidden />
          </Button>
        </>
      }
    >
      <Read of={entry} lines={12}>
        {(line) => {
          switch (line.kind) {
            case "exchange":
              return <ExchangeEntry key={line.id} entry={line} bodies={line.bodies} />;
            case "message":
              return <MessageEntry entry={line} />;
            case "note":
              return <NoteEntry entry={line} />;
          }
        }}
      </Read>
    </Page>
  );
}

import { Link } from "@tanstack/react-router";
import type { Mailbox } from "../../../../core/contract/mailbox.ts";
import { useList } from "../../api/queries.ts";
import { useMay } from "../../shell/use-me.ts";
import { Badge } from "../../ui/badge.tsx";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { Empty } from "../../ui/notes.tsx";
import { Page } from "../../ui/page.tsx";
import { mailboxState } from "./mailbox-state.ts";
import { NewMailbox } from "./new-mailbox.tsx";
import { PROVIDERS } from "./providers.ts";
import { useRoom } from "./use-room.ts";

/** Who sends, by what, and how much is left of today. */
export function MailboxListScreen() {
  const mayWrite = useMay("mailboxes:write");
  const list = useList<Mailbox>("/v1/mailboxes", {}, { everyMs: 30_000 });
  return (
    <Page
      title="Mailboxes"
      lead="Senders: an address, and the way its mail goes out."
      actions={mayWrite ? <NewMailbox /> : undefined}
    >
      <DataTable<Mailbox>
        label="Mailboxes"
        list={list}
        columns={COLUMNS}
        idOf={({ id }) => id}
        link={({ id, name, email }, className) => (
          <>
            <Link to="/mailboxes/$mailboxId" params={{ mailboxId: id }} className={className}>
              {name}
            </Link>
            {name === email ? null : <span className="block truncate text-xs text-quiet">{email}</span>}
          </>
        )}
        empty={
          <Empty title="No mailbox yet" action={mayWrite ? <NewMailbox /> : undefined}>
            A cadence needs one to send from. Begin with a sandbox: it keeps mail to be read here and sends none.
          </Empty>
        }
      />
    </Page>
  );
}

const COLUMNS: readonly Column<Mailbox>[] = [
  { name: "Mailbox", width: "minmax(0,2fr)", cell: ({ name }) => name },
  {
    name: "Provider",
    width: "minmax(0,1fr)",
    isWide: true,
    cell: ({ provider, isDefault }) => (
      <span className="flex items-center gap-2">
        {PROVIDERS[provider].name}
        {isDefault ? <Badge tone="info">default</Badge> : null}
      </span>
    ),
  },
  { name: "State", width: "minmax(8rem,1.6fr)", cell: (mailbox) => <State mailbox={mailbox} /> },
  { name: "Today", width: "12rem", isWide: true, cell: (mailbox) => <Today mailbox={mailbox} /> },
];

function State({ mailbox }: { readonly mailbox: Mailbox }) {
  const { word, tone } = mailboxState(mailbox);
  return (
    <div>
      <Badge tone={tone}>{word}</Badge>
      {mailbox.pausedReason === null ? null : (
        <span className="block text-xs whitespace-normal text-quiet">{mailbox.pausedReason}</span>
      )}
    </div>
  );
}

function Today({ mailbox }: { readonly mailbox: Mailbox }) {
  const { data, error } = useRoom(mailbox.id, 1);
  const today = data?.days[0];
  if (today === undefined) return <span className="text-quiet">{error === null ? "…" : "not known"}</span>;
  if (today.cap === null) return <span className="text-xs text-quiet">no cap, so not counted</span>;
  const left = Math.max(0, today.cap - today.taken);
  return (
    <div className="text-xs tabular-nums">
      {today.sent} sent, {today.taken - today.sent} planned, {left} left
      <div aria-hidden className="mt-1 flex h-1.5 overflow-hidden rounded-full bg-raised">
        <div className="bg-accent" style={{ width: `${share(today.sent, today.cap)}%` }} />
        <div className="bg-info" style={{ width: `${share(today.taken - today.sent, today.cap)}%` }} />
      </div>
    </div>
  );
}

function share(part: number, whole: number): number {
  return Math.min(100, (part / Math.max(1, whole)) * 100);
}

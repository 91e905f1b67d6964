import { Link } from "@tanstack/react-router";
import type { LinkedinAccount } from "../../../../core/contract/linkedin-account.ts";
import { useList } from "../../api/queries.ts";
import { useMay } from "../../shell/use-me.ts";
import { Badge } from "../../ui/badge.tsx";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { Empty } from "../../ui/notes.tsx";
import { Page } from "../../ui/page.tsx";
import { accountState, PROVIDERS } from "./account-state.ts";
import { NewAccount } from "./new-account.tsx";
import { useRoom } from "./use-room.ts";

/** Who invites and writes on LinkedIn, and how much is left of today. */
export function AccountListScreen() {
  const mayWrite = useMay("linkedin:write");
  const list = useList<LinkedinAccount>("/v1/linkedin-accounts", {}, { everyMs: 30_000 });
  return (
    <Page
      title="LinkedIn accounts"
      lead="They invite and write on LinkedIn: by Unipile, or a person does it by hand."
      actions={mayWrite ? <NewAccount /> : undefined}
    >
      <DataTable<LinkedinAccount>
        label="LinkedIn accounts"
        list={list}
        columns={COLUMNS}
        idOf={({ id }) => id}
        link={({ id, name }, className) => (
          <Link to="/linkedin/$accountId" params={{ accountId: id }} className={className}>
            {name}
          </Link>
        )}
        empty={
          <Empty title="No LinkedIn account yet" action={mayWrite ? <NewAccount /> : undefined}>
            A cadence with LinkedIn steps needs one. Where a person acts, each step becomes a task with the words to
            copy; Unipile does it by itself.
          </Empty>
        }
      />
    </Page>
  );
}

const COLUMNS: readonly Column<LinkedinAccount>[] = [
  { name: "Account", width: "minmax(0,2fr)", cell: ({ name }) => name },
  {
    name: "Who acts",
    width: "minmax(0,1fr)",
    isWide: true,
    cell: ({ provider, isDefault }) => (
      <span className="flex items-center gap-2">
        {PROVIDERS[provider].name}
        {isDefault ? <Badge tone="info">default</Badge> : null}
      </span>
    ),
  },
  { name: "State", width: "minmax(8rem,1.6fr)", cell: (account) => <State account={account} /> },
  { name: "Today", width: "14rem", isWide: true, cell: (account) => <Today account={account} /> },
];

function State({ account }: { readonly account: LinkedinAccount }) {
  const { word, tone } = accountState(account);
  return (
    <div>
      <Badge tone={tone}>{word}</Badge>
      {account.pausedReason === null ? null : (
        <span className="block text-xs whitespace-normal text-quiet">{account.pausedReason}</span>
      )}
    </div>
  );
}

function Today({ account }: { readonly account: LinkedinAccount }) {
  const { data, error } = useRoom(account.id, 1);
  if (data === undefined) return <span className="text-quiet">{error === null ? "…" : "not known"}</span>;
  return (
    <div className="text-xs tabular-nums">
      {(["invitations", "messages"] as const).map((what) => {
        const { sent = 0, cap = null } = data[what].days[0] ?? {};
        return (
          <span key={what} className="block">
            {sent} {cap === null ? "" : `of ${cap} `}
            {what}
          </span>
        );
      })}
    </div>
  );
}

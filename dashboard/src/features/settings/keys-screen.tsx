import type { ApiKey } from "../../../../core/contract/api-key.ts";
import { useChange, useList } from "../../api/queries.ts";
import { useMay } from "../../shell/use-me.ts";
import { Badge } from "../../ui/badge.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { Empty } from "../../ui/notes.tsx";
import { When } from "../../ui/when.tsx";
import { sayScopes } from "./key-scopes.ts";
import { MakeKey } from "./make-key.tsx";
import { SettingsPage } from "./settings-page.tsx";

/** The keys by which programs use the API, of both modes. */
export function KeysScreen() {
  const mayWrite = useMay("keys:write");
  const list = useList<ApiKey>("/v1/keys", {}, { mode: "live" });
  return (
    <SettingsPage
      lead="Programs use the API by these, live and test ones. A key is shown once, when it is made: only its hash is kept."
      actions={mayWrite ? <MakeKey /> : null}
    >
      <DataTable
        label="API keys"
        list={list}
        columns={columns(mayWrite)}
        idOf={({ id }) => id}
        empty={
          <Empty title="No key yet">
            Make one for each program that uses the API, with no more rights than it needs. A test key reaches nobody.
          </Empty>
        }
      />
    </SettingsPage>
  );
}

function columns(mayWrite: boolean): readonly Column<ApiKey>[] {
  return [
    {
      name: "Key",
      width: "minmax(0,1.6fr)",
      cell: (key) => (
        <>
          <span className="flex flex-wrap items-center gap-x-2">
            <span className={`truncate font-medium ${stateOf(key) === "lives" ? "" : "text-quiet line-through"}`}>
              {key.name}
            </span>
            <Badge tone={key.mode === "live" ? "info" : "plain"}>{key.mode === "live" ? "Live" : "Test"}</Badge>
            {stateOf(key) === "lives" ? null : (
              <Badge tone="warn">{stateOf(key) === "revoked" ? "Revoked" : "Expired"}</Badge>
            )}
          </span>
          <code className="font-mono text-xs text-quiet">
            dh_{key.mode}_…{key.last4}
          </code>
        </>
      ),
    },
    {
      name: "May",
      width: "minmax(0,1.6fr)",
      isWide: true,
      cell: ({ scopes, allowedIps }) => (
        <>
          <span className="block truncate" title={sayScopes(scopes)}>
            {sayScopes(scopes)}
          </span>
          <span className="block truncate text-xs text-quiet">
            {allowedIps === null ? "from anywhere" : `from ${allowedIps.join(", ")}`}
          </span>
        </>
      ),
    },
    {
      name: "Last used",
      width: "8.5rem",
      isWide: true,
      cell: ({ lastUsedAt }) =>
        lastUsedAt === null ? <span className="text-quiet">never</span> : <When at={lastUsedAt} form="brief" />,
    },
    {
      name: "Ends",
      width: "8.5rem",
      isWide: true,
      cell: ({ revokedAt, expiresAt }) => {
        const end = revokedAt ?? expiresAt;
        return end === null ? <span className="text-quiet">never</span> : <When at={end} form="brief" />;
      },
    },
    ...(mayWrite
      ? [
          {
            name: "Actions",
            width: "6rem",
            cell: (key: ApiKey) => (stateOf(key) === "revoked" ? null : <Revoke row={key} />),
          },
        ]
      : []),
  ];
}

function stateOf({ revokedAt, expiresAt }: ApiKey): "lives" | "revoked" | "expired" {
  if (revokedAt !== null) return "revoked";
  return expiresAt !== null && Date.parse(expiresAt) <= Date.now() ? "expired" : "lives";
}

function Revoke({ row }: { readonly row: ApiKey }) {
  const change = useChange(["/v1/keys"]);
  return (
    <Confirm
      label="Revoke"
      isSmall
      title={`Revoke “${row.name}”?`}
      yes="Revoke it"
      onYes={() => change.mutateAsync({ path: `/v1/keys/${row.id}`, method: "DELETE", mode: "live" })}
    >
      Whatever uses the key ending in {row.last4} is refused from its next request on.{" "}
      {row.lastUsedAt === null ? (
        "It was never used."
      ) : (
        <>
          It was last used <When at={row.lastUsedAt} />.
        </>
      )}{" "}
      It can't be taken back: make a new one instead.
    </Confirm>
  );
}

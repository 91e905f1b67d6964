import type { Invitation } from "../../../../core/contract/member.ts";
import { useChange, useList } from "../../api/queries.ts";
import { Badge, type Tone } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { ProblemNote, Skeleton } from "../../ui/notes.tsx";
import { Card } from "../../ui/page.tsx";
import { When } from "../../ui/when.tsx";
import { nameRole } from "./roles.ts";

const STATUS = {
  pending: ["Open", "info"],
  accepted: ["Accepted", "good"],
  revoked: ["Revoked", "plain"],
  expired: ["Expired", "warn"],
} as const satisfies Record<Invitation["status"], readonly [string, Tone]>;

/** Who was asked in, those that are over too. */
export function Invitations({ mayWrite }: { readonly mayWrite: boolean }) {
  const list = useList<Invitation>("/v1/invitations", { limit: 20 }, { mode: "live" });
  return (
    <Card title="Invitations">
      {list.isPending ? <Skeleton /> : null}
      {list.error === null ? null : <ProblemNote error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && list.rows.length === 0 ? (
        <p className="text-sm text-quiet">Nobody was invited yet. A link works once, for seven days.</p>
      ) : null}
      <ul className="-my-2 divide-y divide-line">
        {list.rows.map((row) => (
          <li key={row.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2.5 text-sm">
            <span className="min-w-0 flex-1 basis-56">
              <span className="block truncate font-medium">{row.email}</span>
              <span className="block text-xs text-quiet">
                {nameRole(row.role)}, invited <When at={row.createdAt} />
                {row.status === "pending" ? (
                  <>
                    , ends <When at={row.expiresAt} />
                  </>
                ) : null}
              </span>
            </span>
            <Badge tone={STATUS[row.status][1]}>{STATUS[row.status][0]}</Badge>
            {mayWrite && row.status === "pending" ? <Revoke row={row} /> : null}
          </li>
        ))}
      </ul>
      {list.hasNextPage ? (
        <Button isSmall weight="quiet" isBusy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          Earlier ones
        </Button>
      ) : null}
    </Card>
  );
}

function Revoke({ row }: { readonly row: Invitation }) {
  const change = useChange(["/v1/invitations"]);
  return (
    <Confirm
      label="Revoke"
      isSmall
      title={`Revoke the invitation of ${row.email}?`}
      yes="Revoke it"
      onYes={() => change.mutateAsync({ path: `/v1/invitations/${row.id}`, method: "DELETE", mode: "live" })}
    >
      Its link opens nothing any more. You can invite them again.
    </Confirm>
  );
}

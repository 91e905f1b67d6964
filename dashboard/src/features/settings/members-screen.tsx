import type { Member } from "../../../../core/contract/member.ts";
import { useMode } from "../../api/mode.ts";
import { useList } from "../../api/queries.ts";
import { useMay, useMe } from "../../shell/use-me.ts";
import { Badge } from "../../ui/badge.tsx";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { Empty } from "../../ui/notes.tsx";
import { Card } from "../../ui/page.tsx";
import { When } from "../../ui/when.tsx";
import { Invitations } from "./invitations.tsx";
import { InviteMember } from "./invite-member.tsx";
import { MemberActions } from "./member-actions.tsx";
import { isRole, mayChange, nameRole, ROLE_NAMES, ROLES, type Role } from "./roles.ts";
import { SettingsPage } from "./settings-page.tsx";

/** Who works in this workspace, and who was asked to. People belong to the whole workspace, so this is always the live one's. */
export function MembersScreen() {
  const { data: me } = useMe();
  const mode = useMode();
  const mayWrite = useMay("members:write");
  const list = useList<Member>("/v1/members", {}, { mode: "live" });
  const actor = me?.actor.kind === "person" ? me.actor : null;
  const own = actor !== null && isRole(actor.role) ? actor.role : null;
  return (
    <SettingsPage
      lead={
        mode === "test"
          ? "People belong to the whole workspace, not to its test data: what you change here holds in live mode too."
          : "Who works in this workspace."
      }
      actions={mayWrite ? <InviteMember own={own} /> : null}
    >
      <div className="space-y-5">
        <DataTable
          label="Members"
          list={list}
          columns={columns({ own, ownId: actor?.id ?? null, mayWrite })}
          idOf={({ id }) => id}
          empty={<Empty title="Nobody is a member yet">Invite those who work with you.</Empty>}
        />
        <Invitations mayWrite={mayWrite} />
        <Card title="What each role may">
          <dl className="space-y-2 text-sm">
            {ROLE_NAMES.map((role) => (
              <div key={role} className="grid gap-x-4 sm:grid-cols-[7rem_minmax(0,1fr)]">
                <dt className="font-medium">{ROLES[role].name}</dt>
                <dd className="text-quiet">{ROLES[role].may}</dd>
              </div>
            ))}
          </dl>
        </Card>
      </div>
    </SettingsPage>
  );
}

interface Asking {
  readonly own: Role | null;
  readonly ownId: string | null;
  readonly mayWrite: boolean;
}

function columns({ own, ownId, mayWrite }: Asking): readonly Column<Member>[] {
  return [
    {
      name: "Member",
      width: "minmax(0,2fr)",
      cell: ({ name, email, personId }) => (
        <>
          <span className="flex items-center gap-2">
            <bdi className="truncate font-medium">{name === "" ? email : name}</bdi>
            {personId === ownId ? <Badge>You</Badge> : null}
          </span>
          {name === "" ? null : <span className="block truncate text-xs text-quiet">{email}</span>}
        </>
      ),
    },
    { name: "Role", width: "minmax(5rem,1fr)", cell: ({ role }) => nameRole(role) },
    {
      name: "Since",
      width: "minmax(8.5rem,1fr)",
      isWide: true,
      cell: ({ createdAt }) => <When at={createdAt} form="brief" />,
    },
    ...(mayWrite
      ? [
          {
            name: "Actions",
            width: "4rem",
            cell: (member: Member) =>
              mayChange(own, member.role) ? (
                <MemberActions member={member} own={own} isSelf={member.personId === ownId} />
              ) : null,
          },
        ]
      : []),
  ];
}

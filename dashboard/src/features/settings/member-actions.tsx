import { Ellipsis } from "lucide-react";
import { useState } from "react";
import type { Member } from "../../../../core/contract/member.ts";
import { Menu, MenuItem } from "../../ui/menu.tsx";
import { ChangeRole } from "./change-role.tsx";
import { RemoveMember } from "./remove-member.tsx";
import type { Role } from "./roles.ts";

/** What one member is, what the asking person is, and whether they are the same. */
export interface MemberActionsProps {
  readonly member: Member;
  readonly own: Role | null;
  readonly isSelf: boolean;
}

/** What can be done with a member. */
export function MemberActions(props: MemberActionsProps) {
  const [open, setOpen] = useState<"none" | "role" | "remove">("none");
  const close = () => setOpen("none");
  return (
    <>
      <Menu
        trigger={
          <button
            type="button"
            aria-label={`What to do with ${props.member.email}`}
            className="rounded-lg p-1.5 text-quiet hover:bg-card hover:text-ink"
          >
            <Ellipsis className="size-4" aria-hidden />
          </button>
        }
      >
        <MenuItem onSelect={() => setOpen("role")}>Change the role…</MenuItem>
        <MenuItem isDangerous onSelect={() => setOpen("remove")}>
          {props.isSelf ? "Leave the workspace…" : "Remove…"}
        </MenuItem>
      </Menu>
      {open === "role" ? <ChangeRole {...props} onClose={close} /> : null}
      {open === "remove" ? <RemoveMember {...props} onClose={close} /> : null}
    </>
  );
}

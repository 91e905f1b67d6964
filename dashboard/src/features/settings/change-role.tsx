import { useState } from "react";
import type { KeysChoice } from "../../../../core/contract/member.ts";
import { useChange } from "../../api/queries.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { DialogForm } from "../../ui/dialog-form.tsx";
import { tell } from "../../ui/toast.ts";
import { isAboutKeys, KeysQuestion } from "./keys-question.tsx";
import type { MemberActionsProps } from "./member-actions.tsx";
import { RoleChoice } from "./role-choice.tsx";
import { isRole, nameRole, rolesToGive } from "./roles.ts";

/** Gives a member another role. */
export function ChangeRole({ member, own, onClose }: MemberActionsProps & { readonly onClose: () => void }) {
  const [role, setRole] = useState(isRole(member.role) ? member.role : "viewer");
  const [keys, setKeys] = useState<KeysChoice | null>(null);
  const change = useChange(["/v1/members", "/v1/keys", "/v1/me"]);
  const save = async () => {
    const body = { role, ...(keys === null ? {} : { keys }) };
    await change.mutateAsync({ path: `/v1/members/${member.id}`, method: "PATCH", mode: "live", body });
    tell(`${member.email} is ${nameRole(role).toLowerCase()} from now on.`);
    onClose();
  };
  return (
    <Dialog
      title={`The role of ${member.email}`}
      description="It takes hold with their next request."
      isOpen
      onClose={onClose}
    >
      <DialogForm
        onSubmit={() => save()}
        onCancel={onClose}
        yes="Change the role"
        isBusy={change.isPending}
        isOff={role === member.role || (isAboutKeys(change.error) && keys === null)}
      >
        <RoleChoice roles={rolesToGive(own)} value={role} onChange={setRole} />
        <KeysQuestion error={change.error} value={keys} onChange={setKeys} />
      </DialogForm>
    </Dialog>
  );
}

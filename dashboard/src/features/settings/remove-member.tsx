import { useState } from "react";
import type { KeysChoice } from "../../../../core/contract/member.ts";
import { useChange } from "../../api/queries.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { DialogForm } from "../../ui/dialog-form.tsx";
import { tell } from "../../ui/toast.ts";
import { isAboutKeys, KeysQuestion } from "./keys-question.tsx";
import type { MemberActionsProps } from "./member-actions.tsx";

/** Takes a member out of the workspace. */
export function RemoveMember({ member, isSelf, onClose }: MemberActionsProps & { readonly onClose: () => void }) {
  const [keys, setKeys] = useState<KeysChoice | null>(null);
  const change = useChange(["/v1/members", "/v1/keys", ...(isSelf ? ["/v1/me"] : [])]);
  const remove = async () => {
    await change.mutateAsync({
      path: `/v1/members/${member.id}${keys === null ? "" : `?keys=${keys}`}`,
      method: "DELETE",
      mode: "live",
    });
    tell(`${member.email} is out.`);
    onClose();
  };
  return (
    <Dialog title={isSelf ? "Leave the workspace?" : `Remove ${member.email}?`} isOpen onClose={onClose}>
      <DialogForm
        onSubmit={() => remove()}
        onCancel={onClose}
        yes={isSelf ? "Leave" : "Remove"}
        weight="danger"
        isBusy={change.isPending}
        isOff={isAboutKeys(change.error) && keys === null}
      >
        <p className="text-sm">
          {isSelf ? "You are out with your next request." : "They are out with their next request."} The account stays,
          and what was done keeps the name.
        </p>
        <KeysQuestion error={change.error} value={keys} onChange={setKeys} />
      </DialogForm>
    </Dialog>
  );
}

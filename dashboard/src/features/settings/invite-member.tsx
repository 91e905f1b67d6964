import { useState } from "react";
import type { Invitation } from "../../../../core/contract/member.ts";
import { useChange } from "../../api/queries.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { DialogForm } from "../../ui/dialog-form.tsx";
import { faultAt, TextField } from "../../ui/field.tsx";
import { RoleChoice } from "./role-choice.tsx";
import { ROLES, type Role, rolesToGive } from "./roles.ts";
import { ShownOnce } from "./shown-once.tsx";

/** `POST /v1/invitations` answers it; the link is null where it was mailed. */
interface Invited extends Invitation {
  readonly link: string | null;
}

/** Asks somebody in. */
export function InviteMember({ own }: { readonly own: Role | null }) {
  const [isOpen, setOpen] = useState(false);
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<Role>("operator");
  const change = useChange<Invited>(["/v1/invitations"]);
  const invited = change.data;
  const close = () => {
    setOpen(false);
    if (invited === undefined) return;
    setEmail("");
    change.reset();
  };
  return (
    <>
      <Button weight="primary" onClick={() => setOpen(true)}>
        Invite
      </Button>
      <Dialog title={invited === undefined ? "Invite somebody" : "Invited"} isOpen={isOpen} onClose={close}>
        {invited === undefined ? (
          <DialogForm
            onSubmit={() =>
              change.mutateAsync({ path: "/v1/invitations", mode: "live", body: { email: email.trim(), role } })
            }
            onCancel={close}
            yes={<>Invite as {ROLES[role].name.toLowerCase()}</>}
            isBusy={change.isPending}
            isOff={email.trim() === ""}
            error={change.error}
          >
            <TextField
              label="E-mail address"
              type="email"
              required
              autoComplete="off"
              value={email}
              fault={faultAt(change.error, "/email")}
              onChange={({ target }) => setEmail(target.value)}
            />
            <RoleChoice roles={rolesToGive(own)} value={role} onChange={setRole} />
          </DialogForm>
        ) : (
          <div className="space-y-4">
            {invited.link === null ? (
              <p className="text-sm">The link was sent to {invited.email}. It works once, for seven days.</p>
            ) : (
              <ShownOnce
                label="Their link"
                secret={invited.link}
                lead={`Give it to ${invited.email} yourself: this installation sends no mail to its people. It works once, for seven days, and whoever has it can use it.`}
              />
            )}
            <div className="flex justify-end">
              <Button weight="primary" onClick={close}>
                Done
              </Button>
            </div>
          </div>
        )}
      </Dialog>
    </>
  );
}

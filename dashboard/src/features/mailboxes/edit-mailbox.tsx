import { useState } from "react";
import type { Mailbox } from "../../../../core/contract/mailbox.ts";
import { useChange } from "../../api/queries.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { DialogForm } from "../../ui/dialog-form.tsx";
import { tell } from "../../ui/toast.ts";
import { MailboxFields } from "./mailbox-fields.tsx";
import { changeBody, formOf, type MailboxForm } from "./mailbox-form.ts";

/** Changes a mailbox; what is left as it was isn't sent. */
export function EditMailbox({ mailbox }: { readonly mailbox: Mailbox }) {
  const [form, setForm] = useState<{ readonly before: MailboxForm; readonly now: MailboxForm } | null>(null);
  const change = useChange<Mailbox>(["/v1/mailboxes"]);
  const begin = () => {
    const before = formOf(mailbox);
    change.reset();
    setForm({ before, now: before });
  };
  const save = async (before: MailboxForm, now: MailboxForm) => {
    const body = changeBody(before, now);
    if (Object.keys(body).length > 0)
      await change.mutateAsync({ path: `/v1/mailboxes/${mailbox.id}`, method: "PATCH", body });
    setForm(null);
    tell("Saved.");
  };
  return (
    <>
      <Button onClick={begin}>Change</Button>
      <Dialog
        title={`Change ${mailbox.name}`}
        description="It takes hold with the next message, also for enrollments in flight. The provider can't be changed."
        isWide
        isOpen={form !== null}
        onClose={() => setForm(null)}
      >
        {form === null ? null : (
          <DialogForm
            onSubmit={() => save(form.before, form.now)}
            onCancel={() => setForm(null)}
            yes="Save"
            isBusy={change.isPending}
            error={change.error}
          >
            <MailboxFields
              form={form.now}
              onChange={(now) => setForm({ ...form, now })}
              error={change.error}
              isKnown
              takesEvents={mailbox.takesEvents}
            />
          </DialogForm>
        )}
      </Dialog>
    </>
  );
}

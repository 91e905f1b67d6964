import { useState } from "react";
import type { LinkedinAccount } from "../../../../core/contract/linkedin-account.ts";
import { useChange } from "../../api/queries.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { DialogForm } from "../../ui/dialog-form.tsx";
import { tell } from "../../ui/toast.ts";
import { AccountFields } from "./account-fields.tsx";
import { type AccountForm, changeBody, formOf } from "./account-form.ts";

/** Changes an account; what is left as it was isn't sent. */
export function EditAccount({ account }: { readonly account: LinkedinAccount }) {
  const [form, setForm] = useState<{ readonly before: AccountForm; readonly now: AccountForm } | null>(null);
  const change = useChange<LinkedinAccount>(["/v1/linkedin-accounts"]);
  const begin = () => {
    const before = formOf(account);
    change.reset();
    setForm({ before, now: before });
  };
  const save = async (before: AccountForm, now: AccountForm) => {
    const body = changeBody(before, now);
    if (Object.keys(body).length > 0)
      await change.mutateAsync({ path: `/v1/linkedin-accounts/${account.id}`, method: "PATCH", body });
    setForm(null);
    tell("Saved.");
  };
  return (
    <>
      <Button onClick={begin}>Change</Button>
      <Dialog
        title={`Change ${account.name}`}
        description="It takes hold with the next act, also for enrollments in flight. Who acts can't be changed."
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
            <AccountFields form={form.now} onChange={(now) => setForm({ ...form, now })} error={change.error} isKnown />
          </DialogForm>
        )}
      </Dialog>
    </>
  );
}

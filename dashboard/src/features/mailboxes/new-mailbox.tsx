import { useNavigate } from "@tanstack/react-router";
import { useRef, useState } from "react";
import type { Mailbox } from "../../../../core/contract/mailbox.ts";
import { useMode } from "../../api/mode.ts";
import { useChange } from "../../api/queries.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { DialogForm } from "../../ui/dialog-form.tsx";
import { tell } from "../../ui/toast.ts";
import { MailboxFields } from "./mailbox-fields.tsx";
import { createBody, emptyForm, type MailboxForm, withProvider } from "./mailbox-form.ts";
import { PROVIDER_NAMES, PROVIDERS } from "./providers.ts";

/** Makes a mailbox, by a form that fits its provider. */
export function NewMailbox() {
  const navigate = useNavigate();
  const mode = useMode();
  const [isOpen, setOpen] = useState(false);
  const [form, setForm] = useState<MailboxForm>(() => emptyForm("sandbox"));
  // The same for one wish however often it is sent, so that two presses make one mailbox.
  const sent = useRef({ text: "", key: "" });
  const change = useChange<Mailbox>(["/v1/mailboxes"]);
  // In test mode nothing may reach anybody.
  const offered = mode === "test" ? (["sandbox"] as const) : PROVIDER_NAMES;
  const provider = offered.find((one) => one === form.provider) ?? "sandbox";
  const shown = provider === form.provider ? form : withProvider(form, provider);
  const make = async () => {
    const body = createBody(shown);
    const text = JSON.stringify(body);
    if (sent.current.text !== text) sent.current = { text, key: crypto.randomUUID() };
    const made = await change.mutateAsync({ path: "/v1/mailboxes", body, idempotencyKey: sent.current.key });
    setOpen(false);
    setForm(emptyForm("sandbox"));
    tell(`${made.name} is made.`);
    void navigate({ to: "/mailboxes/$mailboxId", params: { mailboxId: made.id } });
  };
  return (
    <>
      <Button weight="primary" onClick={() => setOpen(true)}>
        New mailbox
      </Button>
      <Dialog title="New mailbox" isWide isOpen={isOpen} onClose={() => setOpen(false)}>
        <DialogForm
          onSubmit={() => make()}
          onCancel={() => setOpen(false)}
          yes="Make it"
          isBusy={change.isPending}
          error={change.error}
        >
          <fieldset>
            <legend className="mb-1.5 text-sm font-medium">It sends by</legend>
            <div className="grid grid-cols-2 gap-2 sm:grid-cols-4">
              {offered.map((one) => (
                <label
                  key={one}
                  className="flex items-center gap-2 rounded-lg border border-strong-line px-3 py-2 text-sm has-checked:border-accent has-checked:bg-accent-soft"
                >
                  <input
                    type="radio"
                    name="provider"
                    checked={provider === one}
                    onChange={() => setForm(withProvider(form, one))}
                    className="accent-(--accent)"
                  />
                  {PROVIDERS[one].name}
                </label>
              ))}
            </div>
            <p className="mt-1.5 text-xs text-quiet">
              {PROVIDERS[provider].said}
              {mode === "test" ? " Test mode has sandboxes only. Go over to live for the others." : ""}
            </p>
          </fieldset>
          <MailboxFields form={shown} onChange={setForm} error={change.error} isKnown={false} />
        </DialogForm>
      </Dialog>
    </>
  );
}

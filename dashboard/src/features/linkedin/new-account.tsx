import { useNavigate } from "@tanstack/react-router";
import { useRef, useState } from "react";
import type { LinkedinAccount } from "../../../../core/contract/linkedin-account.ts";
import { useMode } from "../../api/mode.ts";
import { useChange } from "../../api/queries.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { DialogForm } from "../../ui/dialog-form.tsx";
import { SecretOnce } from "../../ui/secret-once.tsx";
import { tell } from "../../ui/toast.ts";
import { AccountFields } from "./account-fields.tsx";
import { createBody, EMPTY_FORM } from "./account-form.ts";
import { PROVIDERS } from "./account-state.ts";
import { HookFacts } from "./hook-card.tsx";

type Made = LinkedinAccount & { readonly hookSecret: string | null };

/** Makes an account; where it has webhooks, what they carry is shown before anything else. */
export function NewAccount() {
  const navigate = useNavigate();
  const mode = useMode();
  const [isOpen, setOpen] = useState(false);
  const [form, setForm] = useState(EMPTY_FORM);
  const [made, setMade] = useState<Made | null>(null);
  // The same for one wish however often it is sent, so that two presses make one account.
  const sent = useRef({ text: "", key: "" });
  const change = useChange<Made>(["/v1/linkedin-accounts"]);
  // In test mode nothing may reach anybody.
  const offered = mode === "test" ? (["manual"] as const) : (["unipile", "manual"] as const);
  const provider = offered.find((one) => one === form.provider) ?? "manual";
  const shown = { ...form, provider };
  const leave = () => {
    setOpen(false);
    if (made === null) return;
    setMade(null);
    setForm(EMPTY_FORM);
    void navigate({ to: "/linkedin/$accountId", params: { accountId: made.id } });
  };
  const make = async () => {
    const body = createBody(shown);
    const text = JSON.stringify(body);
    if (sent.current.text !== text) sent.current = { text, key: crypto.randomUUID() };
    const answer = await change.mutateAsync({ path: "/v1/linkedin-accounts", body, idempotencyKey: sent.current.key });
    tell(`${answer.name} is made.`);
    if (answer.hookUrl !== null) return setMade(answer);
    setOpen(false);
    setForm(EMPTY_FORM);
    void navigate({ to: "/linkedin/$accountId", params: { accountId: answer.id } });
  };
  return (
    <>
      <Button weight="primary" onClick={() => setOpen(true)}>
        New account
      </Button>
      <Dialog title={made === null ? "New LinkedIn account" : made.name} isWide isOpen={isOpen} onClose={leave}>
        {made !== null ? (
          <div className="space-y-4">
            <HookFacts account={made} />
            <SecretOnce name="The header's value" secret={made.hookSecret} />
            <div className="flex justify-end">
              <Button weight="primary" onClick={leave}>
                I have it
              </Button>
            </div>
          </div>
        ) : (
          <DialogForm
            onSubmit={make}
            onCancel={() => setOpen(false)}
            yes="Make it"
            isBusy={change.isPending}
            error={change.error}
          >
            <fieldset>
              <legend className="mb-1.5 text-sm font-medium">Who acts</legend>
              <div className="grid gap-2 sm:grid-cols-2">
                {offered.map((one) => (
                  <label
                    key={one}
                    className="flex items-center gap-2 rounded-lg border border-strong-line px-3 py-2 text-sm has-checked:border-accent has-checked:bg-accent-soft"
                  >
                    <input
                      type="radio"
                      name="provider"
                      checked={provider === one}
                      onChange={() => setForm({ ...form, provider: one })}
                      className="accent-(--accent)"
                    />
                    {PROVIDERS[one].name}
                  </label>
                ))}
              </div>
              <p className="mt-1.5 text-xs text-quiet">
                {PROVIDERS[provider].said}
                {mode === "test" ? " Test mode reaches nobody. Go over to live for Unipile." : ""}
              </p>
            </fieldset>
            <AccountFields form={shown} onChange={setForm} error={change.error} isKnown={false} />
          </DialogForm>
        )}
      </Dialog>
    </>
  );
}

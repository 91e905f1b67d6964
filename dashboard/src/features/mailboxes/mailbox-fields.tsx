import { CheckField, faultAt, SelectField, TextAreaField, TextField } from "../../ui/field.tsx";
import { Part } from "../../ui/part.tsx";
import type { MailboxForm } from "./mailbox-form.ts";
import { PaceFields } from "./pace-fields.tsx";
import { PROVIDERS } from "./providers.ts";

interface MailboxFieldsProps {
  readonly form: MailboxForm;
  readonly onChange: (form: MailboxForm) => void;
  readonly error: unknown;
  /** A mailbox that is there: its secrets stay where they are left empty. */
  readonly isKnown: boolean;
  readonly takesEvents?: boolean;
}

/** Where a mailbox has a webhook of its provider: what opens it, in the provider's words. */
const EVENTS: Readonly<Partial<Record<MailboxForm["provider"], string>>> = {
  resend: "The webhook's signing secret, whsec_….",
  postmark: "A password of your choice; it goes into the URL that you save at Postmark.",
  mailgun: "The account's HTTP webhook signing key.",
  ses: "The ARN of the topic that tells of deliveries.",
};

/** The fields of a mailbox, for making one and for changing one. */
export function MailboxFields({ form, onChange, error, isKnown, takesEvents = false }: MailboxFieldsProps) {
  const text = (name: keyof MailboxForm & string) => ({
    value: String(form[name]),
    fault: faultAt(error, `/${name}`),
    onChange: ({ target }: { readonly target: { readonly value: string } }) =>
      onChange({ ...form, [name]: target.value }),
  });
  const events = EVENTS[form.provider];
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField label="Address" type="email" placeholder="jane@example.com" required {...text("email")} />
        <TextField label="Name that recipients see" placeholder="Jane Doe" {...text("fromName")} />
        <TextField label="Name for lists" hint="The address when left empty." {...text("name")} />
      </div>
      <WayFields form={form} onChange={onChange} error={error} isKnown={isKnown} />
      <PaceFields form={form} onChange={onChange} error={error} />
      <Part title="Under each message">
        <TextAreaField label="Signature" rows={3} {...text("signature")} />
        <TextAreaField
          label="Postal address"
          rows={2}
          hint="Several countries ask for it in commercial mail."
          {...text("postalAddress")}
        />
      </Part>
      <details className="rounded-lg border border-line">
        <summary className="px-3 py-2 text-sm font-medium">Replies, copies and delivery reports</summary>
        <div className="grid gap-4 border-t border-line p-3 sm:grid-cols-2">
          <TextField
            label="Reply domain"
            placeholder="reply.example.com"
            hint="Its mail must be routed here. Empty for the installation's own."
            {...text("replyDomain")}
          />
          <SelectField
            label="Message-ID"
            hint="Whether recipients see the one that we ask for."
            {...text("keepsMessageId")}
          >
            <option value="">As the provider is known to do</option>
            <option value="yes">It is kept</option>
            <option value="no">It is replaced</option>
            <option value="learn">Learn it from the first reply</option>
          </SelectField>
          <TextField label="Copy to" type="email" hint="Seen by the recipient." {...text("cc")} />
          <TextField label="Hidden copy to" type="email" hint="Not seen by the recipient." {...text("bcc")} />
          <div className="sm:col-span-2">
            <CheckField
              label="Keep threads together where the Message-ID isn't known"
              hint="One id of ours goes into References of the whole thread."
              checked={form.threadReference}
              onChange={({ target }) => onChange({ ...form, threadReference: target.checked })}
            />
          </div>
          {events === undefined ? null : (
            <div className="sm:col-span-2">
              <TextField
                label="Secret of the provider's webhook"
                type="password"
                autoComplete="off"
                hint={takesEvents ? `Saved. Empty: it stays. ${events}` : events}
                {...text("eventsSecret")}
              />
            </div>
          )}
        </div>
      </details>
    </>
  );
}

function WayFields({ form, onChange, error, isKnown }: Omit<MailboxFieldsProps, "takesEvents">) {
  const { fields, name: providerName } = PROVIDERS[form.provider];
  if (fields.length === 0) return null;
  return (
    <Part title={providerName}>
      {fields.map(({ name, label, hint, kind, options, isOptional }) => {
        const shared = {
          label,
          fault: faultAt(error, `/${form.provider}/${name}`),
          value: form.way[name] ?? "",
          onChange: ({ target }: { readonly target: { readonly value: string } }) =>
            onChange({ ...form, way: { ...form.way, [name]: target.value } }),
        };
        if (options !== undefined)
          return (
            <SelectField key={name} {...shared}>
              {Object.entries(options).map(([value, words]) => (
                <option key={value} value={value}>
                  {words}
                </option>
              ))}
            </SelectField>
          );
        const isSecret = kind === "secret";
        const stays = isSecret && isKnown ? "Never shown. Empty: it stays as it is." : undefined;
        return (
          <TextField
            key={name}
            {...shared}
            type={isSecret ? "password" : kind === "number" ? "number" : "text"}
            autoComplete="off"
            required={isOptional !== true && !(isSecret && isKnown)}
            hint={stays ?? hint}
          />
        );
      })}
    </Part>
  );
}

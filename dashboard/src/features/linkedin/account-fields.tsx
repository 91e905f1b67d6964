import { CheckField, faultAt, SelectField, TextField } from "../../ui/field.tsx";
import { Part } from "../../ui/part.tsx";
import { type AccountForm, DAYS, type Day } from "./account-form.ts";

interface AccountFieldsProps {
  readonly form: AccountForm;
  readonly onChange: (form: AccountForm) => void;
  readonly error: unknown;
  /** An account that is there: its key stays where it is left empty. */
  readonly isKnown: boolean;
}

/** The fields of an account, for making one and for changing one. */
export function AccountFields({ form, onChange, error, isKnown }: AccountFieldsProps) {
  const text = (name: keyof AccountForm & string, pointer = `/${name}`) => ({
    value: String(form[name]),
    fault: faultAt(error, pointer),
    onChange: ({ target }: { readonly target: { readonly value: string } }) =>
      onChange({ ...form, [name]: target.value }),
  });
  const count = (name: keyof AccountForm & string, pointer?: string) => ({
    type: "number",
    inputMode: "numeric" as const,
    min: 1,
    ...text(name, pointer),
  });
  const asPlan = isKnown ? {} : { placeholder: "by the plan" };
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField label="Name" hint="For lists; nobody on LinkedIn sees it." required {...text("name")} />
        <SelectField
          label="What the account pays"
          hint="Premium, Sales Navigator or Recruiter: longer notes, more invitations."
          {...text("plan")}
        >
          <option value="paid">A paid plan</option>
          <option value="free">Nothing (free)</option>
        </SelectField>
      </div>
      {form.provider === "manual" ? null : (
        <Part title="Unipile">
          <TextField
            label="Where it is"
            placeholder="api8.unipile.com:13851"
            hint="The DSN of your Unipile, or a URL."
            required
            {...text("apiUrl", "/unipile/apiUrl")}
          />
          <TextField
            label="Account id"
            hint="The id that Unipile has for the account."
            required
            {...text("accountId", "/unipile/accountId")}
          />
          <TextField
            label="Access token"
            type="password"
            autoComplete="off"
            required={!isKnown}
            hint={isKnown ? "Never shown. Empty: it stays as it is." : "It is kept sealed."}
            {...text("apiKey", "/unipile/apiKey")}
          />
        </Part>
      )}
      <Part title="Working hours">
        <Hours form={form} onChange={onChange} error={error} />
        <TextField
          label="Time zone"
          list="account-zones"
          placeholder="Europe/Zurich"
          hint="Hours and days are by it. Empty: the workspace's."
          {...text("timeZone")}
        />
        <datalist id="account-zones">
          {Intl.supportedValuesOf("timeZone").map((zone) => (
            <option key={zone} value={zone} />
          ))}
        </datalist>
      </Part>
      <Part title="Pace">
        <TextField label="Invitations a day" {...asPlan} {...count("invitationsPerDay", "/invitations/perDay")} />
        <TextField
          label="Invitations in any seven days"
          {...asPlan}
          {...count("invitationsPerWeek", "/invitations/perWeek")}
        />
        <TextField label="Messages a day" {...asPlan} {...count("messagesPerDay", "/messages/perDay")} />
        {form.provider === "manual" ? null : (
          <TextField
            label="Profiles looked up a day"
            hint="Each lead once, before the first step."
            required
            {...count("profileViewsPerDay")}
          />
        )}
        <div className="sm:col-span-2">
          <CheckField
            label="Begin small and grow (ramp)"
            hint="For an account that was used little: LinkedIn trusts what grows slowly."
            checked={form.isNew}
            onChange={({ target }) => onChange({ ...form, isNew: target.checked })}
          />
        </div>
        {form.provider === "manual" ? null : (
          <TextField
            label="Withdraw unanswered invitations, after days"
            hint="Empty: they stay open."
            {...count("withdrawAfterDays")}
          />
        )}
      </Part>
    </>
  );
}

function Hours({ form, onChange, error }: Omit<AccountFieldsProps, "isKnown">) {
  const toggle = (day: Day, isIn: boolean) =>
    onChange({
      ...form,
      days: (Object.keys(DAYS) as Day[]).filter((one) => (one === day ? isIn : form.days.includes(one))),
    });
  const fault = faultAt(error, "/workingHours") ?? faultAt(error, "/workingHours/0/days");
  return (
    <div className="space-y-3">
      <SelectField
        label="It acts"
        value={form.hours}
        fault={fault}
        onChange={({ target }) =>
          onChange({ ...form, hours: target.value === "any" ? "any" : target.value === "kept" ? "kept" : "some" })
        }
      >
        <option value="some">In these hours</option>
        <option value="any">At any hour</option>
        {form.hours === "kept" ? <option value="kept">In several windows, as set by the API</option> : null}
      </SelectField>
      {form.hours === "some" ? (
        <>
          <fieldset className="flex flex-wrap gap-x-3 gap-y-1">
            <legend className="sr-only">Days</legend>
            {(Object.entries(DAYS) as [Day, string][]).map(([day, name]) => (
              <label key={day} className="flex min-h-6 items-center gap-1.5 text-sm">
                <input
                  type="checkbox"
                  className="size-4 accent-(--accent)"
                  checked={form.days.includes(day)}
                  onChange={({ target }) => toggle(day, target.checked)}
                />
                {name}
              </label>
            ))}
          </fieldset>
          <div className="grid grid-cols-2 gap-3">
            <TextField
              label="From"
              type="time"
              required
              value={form.from}
              fault={faultAt(error, "/workingHours/0/from")}
              onChange={({ target }) => onChange({ ...form, from: target.value })}
            />
            <TextField
              label="To"
              type="time"
              required
              value={form.to}
              fault={faultAt(error, "/workingHours/0/to")}
              onChange={({ target }) => onChange({ ...form, to: target.value })}
            />
          </div>
        </>
      ) : null}
    </div>
  );
}

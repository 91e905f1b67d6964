import { CheckField, faultAt, TextField } from "../../ui/field.tsx";
import { Part } from "../../ui/part.tsx";
import { sayRamp } from "../../ui/say-pace.ts";
import type { MailboxForm } from "./mailbox-form.ts";

interface PaceFieldsProps {
  readonly form: MailboxForm;
  readonly onChange: (form: MailboxForm) => void;
  readonly error: unknown;
}

/** How much and how fast a mailbox sends. */
export function PaceFields({ form, onChange, error }: PaceFieldsProps) {
  const number = (name: keyof MailboxForm & string, pointer: string) => ({
    type: "number",
    inputMode: "numeric" as const,
    min: 0,
    value: String(form[name]),
    fault: faultAt(error, pointer),
    onChange: ({ target }: { readonly target: { readonly value: string } }) =>
      onChange({ ...form, [name]: target.value }),
  });
  return (
    <Part title="Pace">
      <TextField
        label="Messages a day"
        hint="At most, all cadences together. Empty: no cap."
        {...number("dailySendCap", "/dailySendCap")}
      />
      <TextField
        label="Time zone"
        list="mailbox-zones"
        placeholder="Europe/Zurich"
        hint="Its days are counted by it. Empty: the workspace's."
        fault={faultAt(error, "/timeZone")}
        value={form.timeZone}
        onChange={({ target }) => onChange({ ...form, timeZone: target.value })}
      />
      <datalist id="mailbox-zones">
        {Intl.supportedValuesOf("timeZone").map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
      <TextField
        label="Seconds between two messages"
        hint="At least. Answers to replies leave at once."
        required
        {...number("minGapSeconds", "/minGapSeconds")}
      />
      <TextField
        label="Up to so many more, by chance"
        hint="Seconds, added to each gap."
        required
        {...number("gapSpreadSeconds", "/gapSpreadSeconds")}
      />
      <div className="space-y-3 sm:col-span-2">
        <CheckField
          label="Begin small and grow (ramp)"
          hint="For a new address: mail servers trust what grows slowly."
          checked={form.hasRamp}
          onChange={({ target }) => onChange({ ...form, hasRamp: target.checked })}
        />
        {form.hasRamp ? (
          <>
            <div className="grid gap-4 sm:grid-cols-3">
              <TextField label="On the first day" required {...number("rampStart", "/ramp/start")} />
              <TextField label="More each day" required {...number("rampStep", "/ramp/step")} />
              <TextField label="Up to" required {...number("rampCeiling", "/ramp/ceiling")} />
            </div>
            <p className="text-xs text-quiet">
              {sayRamp({
                start: Number(form.rampStart),
                step: Number(form.rampStep),
                ceiling: Number(form.rampCeiling),
              })}
            </p>
          </>
        ) : null}
      </div>
    </Part>
  );
}

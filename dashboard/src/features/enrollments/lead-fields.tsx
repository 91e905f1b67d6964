import { TextField } from "../../ui/field.tsx";

/** What of a lead is typed as one line, as it is typed. */
export interface LeadText {
  readonly name: string;
  readonly email: string;
  readonly timeZone: string;
  readonly country: string;
  readonly linkedinUrl: string;
  readonly profileUrn: string;
}

/** Nothing typed yet. */
export const NO_LEAD_TEXT: LeadText = {
  name: "",
  email: "",
  timeZone: "",
  country: "",
  linkedinUrl: "",
  profileUrn: "",
};

interface LeadFieldsProps {
  readonly value: LeadText;
  readonly onChange: (value: LeadText) => void;
  /** What is wrong with a field, by its name here. */
  readonly faultOf: (field: keyof LeadText) => string | undefined;
}

/** Who the lead is. */
export function LeadFields({ value, onChange, faultOf }: LeadFieldsProps) {
  const wire = (field: keyof LeadText) => ({
    value: value[field],
    fault: faultOf(field),
    onChange: ({ target }: { readonly target: { readonly value: string } }) =>
      onChange({ ...value, [field]: target.value }),
  });
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <TextField label="Name" autoComplete="off" placeholder="Jane Doe" {...wire("name")} />
      <TextField label="E-mail" type="email" autoComplete="off" placeholder="jane@example.com" {...wire("email")} />
      <TextField
        label="Time zone"
        hint="By whose clock sending windows count. Empty: the mailbox's, or the workspace's."
        list="time-zones"
        autoComplete="off"
        placeholder="Europe/Zurich"
        {...wire("timeZone")}
      />
      <TextField
        label="Country"
        hint="Two capital letters, for public holidays."
        autoComplete="off"
        maxLength={2}
        placeholder="CH"
        {...wire("country")}
      />
      <TextField
        label="LinkedIn address"
        type="url"
        autoComplete="off"
        placeholder="https://www.linkedin.com/in/…"
        {...wire("linkedinUrl")}
      />
      <TextField label="Profile URN" autoComplete="off" {...wire("profileUrn")} />
      <datalist id="time-zones">
        {Intl.supportedValuesOf("timeZone").map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
    </div>
  );
}

/** A line as it is sent: nothing typed is null. */
export function orNull(text: string): string | null {
  return text.trim() === "" ? null : text.trim();
}

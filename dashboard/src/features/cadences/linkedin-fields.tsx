import type { OnNotAccepted, Step } from "../../../../core/contract/step.ts";
import { SelectField, TextField } from "../../ui/field.tsx";
import { NOT_ACCEPTED, waitsForAcceptance } from "./step-words.ts";

/** What LinkedIn takes with an invitation, by what the account pays. */
const NOTE_CHARACTERS = { paid: 300, free: 200 } as const;

interface LinkedinFieldsProps {
  readonly step: Step;
  readonly faults: Readonly<Record<string, string>>;
  readonly onChange: (fields: Partial<Step>) => void;
}

/** Until when somebody should have accepted, or done, something. */
export function LinkedinFields({ step, faults, onChange }: LinkedinFieldsProps) {
  const number = (field: "acceptWithinDays" | "dueWithinHours", max: number) => ({
    type: "number",
    inputMode: "numeric" as const,
    min: 1,
    max,
    value: step[field] ?? "",
    fault: faults[field],
    onChange: ({ target }: { readonly target: { readonly value: string } }) =>
      onChange({ [field]: target.value === "" ? undefined : Number(target.value) }),
  });
  return (
    <>
      {waitsForAcceptance(step) ? (
        <>
          <TextField
            label="Wait for acceptance, in days"
            hint="From the invitation on. Empty: 14."
            {...number("acceptWithinDays", 180)}
          />
          <SelectField
            label="When it is not accepted"
            value={step.onNotAccepted ?? "skip"}
            fault={faults["onNotAccepted"]}
            onChange={({ target }) => onChange({ onNotAccepted: choiceOf(target.value) })}
          >
            {Object.entries(NOT_ACCEPTED).map(([choice, words]) => (
              <option key={choice} value={choice}>
                {words}
              </option>
            ))}
          </SelectField>
        </>
      ) : null}
      {step.kind === "email" || step.kind === "wait" ? null : (
        <TextField
          label={
            step.kind === "task" ? "To be done within, in hours" : "To be done within, in hours, where a person acts"
          }
          hint="Then somebody is reminded. Empty: 24."
          {...number("dueWithinHours", 60 * 24)}
        />
      )}
    </>
  );
}

/** How much of the room for a note is used. */
export function NoteRoom({ text }: { readonly text: string }) {
  const { length } = [...text];
  if (length === 0) return <>Empty: the invitation goes without a note. </>;
  const { paid, free } = NOTE_CHARACTERS;
  const tooLong =
    length > paid
      ? `, which is too long: LinkedIn takes ${paid}`
      : length > free
        ? `, too long for a free account`
        : "";
  return (
    <>
      <span className={tooLong === "" ? "" : "font-medium text-warn"}>
        {length} of {paid} characters ({free} for a free account){tooLong}.
      </span>{" "}
    </>
  );
}

function choiceOf(value: string): OnNotAccepted {
  return value === "stop" ? "stop" : "skip";
}

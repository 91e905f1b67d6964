import type { OnDraftFailure, Step, StepCondition, StepKind } from "../../../../core/contract/step.ts";
import { SelectField, TextAreaField, TextField } from "../../ui/field.tsx";
import { DelayField } from "./delay-field.tsx";
import { LinkedinFields, NoteRoom } from "./linkedin-fields.tsx";
import { CONDITIONS, FAILURES, KINDS, STRATEGIES } from "./step-words.ts";

interface StepFormProps {
  readonly step: Step;
  readonly index: number;
  readonly faults: Readonly<Record<string, string>>;
  readonly isReadOnly: boolean;
  readonly onChange: (fields: Partial<Step>) => void;
  /** A field was left. */
  readonly onRest: () => void;
}

/** Everything that one step says. Only what counts for it is asked. */
export function StepForm({ step, index, faults, isReadOnly, onChange, onRest }: StepFormProps) {
  return (
    <fieldset disabled={isReadOnly} onBlur={onRest} className="min-w-0 space-y-4">
      <legend className="sr-only">Step {index + 1}</legend>
      {faults[""] === undefined ? null : (
        <p role="alert" className="rounded-lg bg-bad-soft px-3 py-2 text-sm text-bad">
          {faults[""]}
        </p>
      )}
      <SelectField
        label="Kind"
        value={step.kind}
        fault={faults["kind"]}
        onChange={({ target }) => onChange({ kind: keyOf(KINDS, target.value) })}
      >
        {keysOf(KINDS).map((kind) => (
          <option key={kind} value={kind}>
            {KINDS[kind]}
          </option>
        ))}
      </SelectField>
      <DelayField
        step={step}
        isFirst={index === 0}
        fault={faults["delayDays"] ?? faults["delaySeconds"]}
        onChange={onChange}
      />
      {step.kind === "wait" ? null : <Words step={step} index={index} faults={faults} onChange={onChange} />}
      <TextAreaField
        label="Notes"
        hint={
          step.kind === "task"
            ? "Whoever does the task sees them. They are sent to nobody."
            : "For the people here. They are sent to nobody."
        }
        rows={2}
        value={step.notes ?? ""}
        fault={faults["notes"]}
        onChange={({ target }) => onChange({ notes: textOf(target.value) })}
      />
    </fieldset>
  );
}

type WordsProps = Pick<StepFormProps, "step" | "index" | "faults" | "onChange">;

function Words({ step, index, faults, onChange }: WordsProps) {
  const isStatic = step.draftStrategy === "static";
  return (
    <>
      <SelectField
        label="Only if"
        value={step.condition ?? "none"}
        fault={faults["condition"]}
        hint="Where it doesn't hold the step is left out, and the next one comes."
        onChange={({ target }) => onChange({ condition: conditionOf(target.value) })}
      >
        {keysOf(CONDITIONS).map((condition) => (
          <option key={condition} value={condition}>
            {CONDITIONS[condition]}
          </option>
        ))}
      </SelectField>
      <LinkedinFields step={step} faults={faults} onChange={onChange} />
      <SelectField
        label="Who writes it"
        value={step.draftStrategy}
        fault={faults["draftStrategy"]}
        onChange={({ target }) => onChange({ draftStrategy: keyOf(STRATEGIES, target.value) })}
      >
        {keysOf(STRATEGIES).map((strategy) => (
          <option key={strategy} value={strategy}>
            {STRATEGIES[strategy]}
          </option>
        ))}
      </SelectField>
      {isStatic ? (
        <FixedWords step={step} index={index} faults={faults} onChange={onChange} />
      ) : (
        <AskedWords step={step} index={index} faults={faults} onChange={onChange} />
      )}
    </>
  );
}

function AskedWords({ step, index, faults, onChange }: WordsProps) {
  return (
    <>
      <TextAreaField
        label="Prompt hint"
        hint="Comes with the draft request, for your endpoint to use as it likes."
        rows={4}
        value={step.promptHint ?? ""}
        fault={faults["promptHint"]}
        onChange={({ target }) => onChange({ promptHint: textOf(target.value) })}
      />
      <TextField
        label="Longest text, in characters"
        hint="A longer answer is refused and asked for again. Empty: no bound."
        type="number"
        min={1}
        max={100_000}
        inputMode="numeric"
        value={step.maxChars ?? ""}
        fault={faults["maxChars"]}
        onChange={({ target }) => onChange({ maxChars: target.value === "" ? null : Number(target.value) })}
      />
      <SelectField
        label="When no draft can be had"
        value={step.onDraftFailure}
        fault={faults["onDraftFailure"]}
        onChange={({ target }) => onChange({ onDraftFailure: failureOf(target.value) })}
      >
        {keysOf(FAILURES).map((failure) => (
          <option key={failure} value={failure}>
            {FAILURES[failure]}
          </option>
        ))}
      </SelectField>
      {step.onDraftFailure === "fallback" ? (
        <FixedWords step={step} index={index} faults={faults} onChange={onChange} isFallback />
      ) : null}
    </>
  );
}

function FixedWords({
  step,
  index,
  faults,
  onChange,
  isFallback = false,
}: WordsProps & { readonly isFallback?: boolean }) {
  return (
    <>
      {step.kind === "email" ? (
        <TextField
          label={isFallback ? "Subject of the fallback" : "Subject"}
          hint={index === 0 ? "It opens the thread." : "Empty: it answers in the thread, under the subject before."}
          value={step.staticSubject ?? ""}
          fault={faults["staticSubject"]}
          onChange={({ target }) => onChange({ staticSubject: textOf(target.value) })}
        />
      ) : null}
      <TextAreaField
        label={isFallback ? "Fallback text" : TEXT_LABELS[step.kind]}
        hint={
          <>
            {step.kind === "linkedin_connect" ? <NoteRoom text={step.staticBody ?? ""} /> : null}
            <code className="font-mono">{"{{context.company}}"}</code> stands for that value of the lead.
          </>
        }
        rows={7}
        value={step.staticBody ?? ""}
        fault={faults["staticBody"]}
        onChange={({ target }) => onChange({ staticBody: textOf(target.value) })}
      />
    </>
  );
}

const TEXT_LABELS: Readonly<Record<StepKind, string>> = {
  email: "Text",
  linkedin_connect: "Note (may be empty)",
  linkedin_message: "Text",
  task: "What is to be done",
  wait: "Text",
};

/** The contract has null where nothing is said. */
function textOf(value: string): string | null {
  return value === "" ? null : value;
}

function conditionOf(value: string): StepCondition | null {
  const condition = keyOf(CONDITIONS, value);
  return condition === "none" ? null : condition;
}

function failureOf(value: string): OnDraftFailure {
  return keyOf(FAILURES, value);
}

function keysOf<Key extends string>(of: Readonly<Record<Key, unknown>>): Key[] {
  return Object.keys(of) as Key[];
}

/** What a list of these keys was set to. */
function keyOf<Key extends string>(of: Readonly<Record<Key, unknown>>, value: string): Key {
  const key = keysOf(of).find((one) => one === value);
  if (key === undefined) throw new Error(`no such choice: ${value}`);
  return key;
}

/** The kinds that can be added. */
export function kindsToAdd(): readonly { readonly kind: StepKind; readonly name: string }[] {
  return keysOf(KINDS).map((kind) => ({ kind, name: KINDS[kind] }));
}

import type { Cadence } from "../../../../core/contract/cadence.ts";
import { CheckField, faultAt, SelectField, TextField } from "../../ui/field.tsx";
import { Card } from "../../ui/page.tsx";
import { CHOICES } from "./field-words.ts";
import type { Edits, SettingsPart } from "./use-settings.ts";

/** What ends an enrollment, and whether it may begin again. */
export function SettingsEnds(part: SettingsPart) {
  const { value, set } = part;
  return (
    <Card title="What ends an enrollment">
      <div className="space-y-4">
        <CheckField
          label="A reply"
          hint="Of a person; an automatic one is something else."
          checked={value.exitOnReply}
          onChange={({ target }) => set({ exitOnReply: target.checked })}
        />
        <CheckField
          label="A reply in another cadence"
          hint="Only together with the one above."
          checked={value.exitOnReplyElsewhere}
          disabled={!value.exitOnReply}
          onChange={({ target }) => set({ exitOnReplyElsewhere: target.checked })}
        />
        <CheckField
          label="Unsubscribing"
          checked={value.exitOnUnsubscribe}
          onChange={({ target }) => set({ exitOnUnsubscribe: target.checked })}
        />
        <Rule label="Out of office, with a day" field="onOutOfOffice" {...part} />
        <Rule label="They don't work there any more" field="onLeftCompany" {...part} />
        <Rule
          label="A bounce that passes, such as a full mailbox"
          hint="A dead address always ends it."
          field="onSoftBounce"
          {...part}
        />
        <Rule
          label="LinkedIn brings nothing to them"
          hint="There is no such profile, or it has blocked the account."
          field="onLinkedinUnreachable"
          {...part}
        />
        <Rule label="Nobody knows whether a message arrived" field="onAmbiguous" {...part} />
        <Reenroll {...part} />
      </div>
    </Card>
  );
}

interface RuleProps extends SettingsPart {
  readonly label: string;
  readonly hint?: string;
  readonly field: keyof typeof CHOICES;
}

function Rule({ label, hint, field, value, error, set }: RuleProps) {
  return (
    <SelectField
      label={label}
      hint={hint}
      value={value[field]}
      fault={faultAt(error, `/${field}`)}
      onChange={({ target }) => set({ [field]: target.value } as Edits)}
    >
      {Object.entries(CHOICES[field]).map(([choice, words]) => (
        <option key={choice} value={choice}>
          {words}
        </option>
      ))}
    </SelectField>
  );
}

const AGAIN = {
  unasked: "By their id only: the enrollment that is there is answered",
  never: "Never again, by id and by address",
  always: "Always, once the one before has ended",
  after: "Some days after the one before has ended",
} as const;
type Again = keyof typeof AGAIN;
const STANDARD_DAYS = 90;

function Reenroll({ value: { reenroll }, error, set }: SettingsPart) {
  const days = typeof reenroll === "object" && reenroll !== null ? reenroll.afterDays : null;
  const way: Again = reenroll === null ? "unasked" : typeof reenroll === "string" ? reenroll : "after";
  const choose = (next: string) => set({ reenroll: reenrollOf(next) });
  return (
    <div className="space-y-3">
      <SelectField
        label="Enrolling somebody again"
        value={way}
        fault={days === null ? faultAt(error, "/reenroll") : undefined}
        onChange={({ target }) => choose(target.value)}
      >
        {Object.entries(AGAIN).map(([one, words]) => (
          <option key={one} value={one}>
            {words}
          </option>
        ))}
      </SelectField>
      {days === null ? null : (
        <TextField
          label="Days"
          type="number"
          min={1}
          max={3_650}
          value={days === 0 ? "" : days}
          fault={faultAt(error, "/reenroll/afterDays") ?? faultAt(error, "/reenroll")}
          onChange={({ target }) => set({ reenroll: { afterDays: Number(target.value) } })}
          className="max-w-28"
        />
      )}
    </div>
  );
}

function reenrollOf(way: string): Cadence["reenroll"] {
  if (way === "never" || way === "always") return way;
  return way === "after" ? { afterDays: STANDARD_DAYS } : null;
}

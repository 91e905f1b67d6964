import { useState } from "react";
import type { FrequencyLimits } from "../../../../core/contract/frequency.ts";
import { CheckField, faultAt, TextField } from "../../ui/field.tsx";
import { SettingsForm } from "./settings-form.tsx";
import { useSaveTenant } from "./use-save-tenant.ts";
import type { WorkspacePartProps } from "./workspace-screen.tsx";

type Whom = keyof FrequencyLimits;

const WHOM = {
  person: {
    name: "One person",
    first: { messages: 3, days: 7 },
    hint: "All addresses and channels of a lead together.",
  },
  company: {
    name: "One company",
    first: { messages: 10, days: 7 },
    hint: "By the domain of its addresses. Free mail such as gmail.com has no bound.",
  },
} as const satisfies Record<Whom, object>;

/** How often one person and one company are written to. */
export function FrequencySettings({ tenant, mayWrite }: WorkspacePartProps) {
  const [limits, setLimits] = useState(tenant.frequencyLimits);
  const { save, saving } = useSaveTenant();
  return (
    <SettingsForm
      title="How often"
      lead="In all cadences together. What is over a limit waits until the oldest message falls out of its days."
      mayWrite={mayWrite}
      isDirty={JSON.stringify(limits) !== JSON.stringify(tenant.frequencyLimits)}
      saving={saving}
      onSave={() => save({ frequencyLimits: limits })}
    >
      {(["person", "company"] as const).map((whom) => {
        const { name, first, hint } = WHOM[whom];
        const limit = limits[whom];
        return (
          <div key={whom} className="space-y-3">
            <CheckField
              label={`Limit messages to ${name.toLowerCase()}`}
              hint={hint}
              checked={limit !== null}
              onChange={({ target }) => setLimits({ ...limits, [whom]: target.checked ? first : null })}
            />
            {limit === null ? null : (
              <div className="grid max-w-sm grid-cols-2 gap-3 pl-6">
                {(["messages", "days"] as const).map((part) => (
                  <TextField
                    key={part}
                    label={part === "messages" ? "At most, messages" : "In any, days"}
                    type="number"
                    min={1}
                    max={part === "messages" ? 1_000 : 365}
                    required
                    value={Number.isNaN(limit[part]) ? "" : limit[part]}
                    fault={faultAt(saving.error, `/frequencyLimits/${whom}/${part}`)}
                    onChange={({ target }) =>
                      setLimits({ ...limits, [whom]: { ...limit, [part]: target.valueAsNumber } })
                    }
                  />
                ))}
              </div>
            )}
          </div>
        );
      })}
    </SettingsForm>
  );
}

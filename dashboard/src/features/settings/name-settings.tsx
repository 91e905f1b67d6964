import { useState } from "react";
import { faultAt, SelectField, TextField } from "../../ui/field.tsx";
import { SettingsForm } from "./settings-form.tsx";
import { useSaveTenant } from "./use-save-tenant.ts";
import type { WorkspacePartProps } from "./workspace-screen.tsx";

/** What the workspace is called, and by which clock its days are counted. */
export function NameSettings({ tenant, mayWrite }: WorkspacePartProps) {
  const [name, setName] = useState(tenant.name);
  const [timeZone, setTimeZone] = useState(tenant.timeZone);
  const { save, saving } = useSaveTenant();
  return (
    <SettingsForm
      title="Name and clock"
      lead="Daily caps and quotas are counted by this clock, and sending windows where neither the lead nor the mailbox has one."
      mayWrite={mayWrite}
      isDirty={name !== tenant.name || timeZone !== tenant.timeZone}
      saving={saving}
      onSave={() => save({ name, timeZone })}
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          label="Name"
          value={name}
          maxLength={200}
          required
          fault={faultAt(saving.error, "/name")}
          onChange={({ target }) => setName(target.value)}
        />
        <SelectField
          label="Time zone"
          value={timeZone}
          fault={faultAt(saving.error, "/timeZone")}
          onChange={({ target }) => setTimeZone(target.value)}
        >
          {[...new Set(["UTC", tenant.timeZone, ...Intl.supportedValuesOf("timeZone")])].map((zone) => (
            <option key={zone}>{zone}</option>
          ))}
        </SelectField>
      </div>
    </SettingsForm>
  );
}

import { Link } from "@tanstack/react-router";
import { Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { Button } from "../../ui/button.tsx";
import { faultAt, TextField } from "../../ui/field.tsx";
import { fromRows, type RowOfDays, toRows } from "./blackout-rows.ts";
import { SettingsForm } from "./settings-form.tsx";
import { useSaveTenant } from "./use-save-tenant.ts";
import type { WorkspacePartProps } from "./workspace-screen.tsx";

/** Days on which nothing of the workspace is sent. */
export function BlackoutSettings({ tenant, mayWrite }: WorkspacePartProps) {
  const [rows, setRows] = useState(() => toRows(tenant.blackoutDates));
  const { save, saving } = useSaveTenant();
  const edit = (index: number, change: Partial<RowOfDays>) =>
    setRows(rows.map((row, at) => (at === index ? { ...row, ...change } : row)));
  const wanted = fromRows(rows);
  return (
    <SettingsForm
      title="Days without sending"
      lead={
        <>
          On these days no cadence sends, by the clock that each message goes by. Public holidays are kept by each{" "}
          <Link to="/cadences" className="text-accent underline">
            cadence
          </Link>{" "}
          itself, by country.
        </>
      }
      mayWrite={mayWrite}
      isDirty={JSON.stringify(wanted) !== JSON.stringify(tenant.blackoutDates)}
      saving={saving}
      onSave={() => save({ blackoutDates: wanted })}
    >
      {rows.length === 0 ? <p className="text-sm text-quiet">There are none: every day is a day to send.</p> : null}
      {rows.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name of their own and keep their order
        <div key={index} className="grid items-start gap-3 sm:grid-cols-[9.5rem_9.5rem_minmax(0,1fr)_auto]">
          <TextField
            label="First day"
            type="date"
            required
            value={row.from}
            fault={faultAt(saving.error, `/blackoutDates/${index}/from`)}
            onChange={({ target }) => edit(index, { from: target.value })}
          />
          <TextField
            label="Last day"
            type="date"
            value={row.to}
            fault={faultAt(saving.error, `/blackoutDates/${index}/to`)}
            onChange={({ target }) => edit(index, { to: target.value })}
          />
          <TextField
            label="Note"
            value={row.note}
            maxLength={200}
            fault={faultAt(saving.error, `/blackoutDates/${index}/note`)}
            onChange={({ target }) => edit(index, { note: target.value })}
          />
          <Button
            weight="quiet"
            className="sm:mt-[1.65rem]"
            aria-label={`Take out ${row.from || "this row"}`}
            onClick={() => setRows(rows.filter((_, at) => at !== index))}
          >
            <Trash2 className="size-4" aria-hidden />
          </Button>
        </div>
      ))}
      {mayWrite ? (
        <Button isSmall onClick={() => setRows([...rows, { from: "", to: "", note: "" }])}>
          <Plus className="size-3.5" aria-hidden /> Add days
        </Button>
      ) : null}
    </SettingsForm>
  );
}

import { CheckField, faultAt, TextField } from "../../ui/field.tsx";
import { Card } from "../../ui/page.tsx";
import { ClosedDays } from "./closed-days.tsx";
import { Holidays } from "./holidays.tsx";
import type { SettingsPart } from "./use-settings.ts";
import { WeekPicture } from "./week-picture.tsx";
import { BUSINESS_HOURS, WindowsField } from "./windows-field.tsx";

/** When messages may leave, and how many. */
export function SettingsTimes(part: SettingsPart) {
  const { value, error, set } = part;
  const hasWindows = value.sendingWindows.length > 0;
  const open = hasWindows ? value.sendingWindows : value.businessHoursOnly ? BUSINESS_HOURS : null;
  return (
    <Card title="When messages leave">
      <div className="space-y-5">
        <div>
          <WeekPicture windows={open} />
          <p className="mt-2 text-xs text-quiet">
            By the clock of the lead; where that isn't known, of the mailbox, else of the workspace.
          </p>
        </div>
        <CheckField
          label="Business hours only"
          hint={
            hasWindows
              ? "Says nothing here: the windows below do."
              : "Monday to Friday, 09:00 to 17:00. Or make windows of your own."
          }
          checked={value.businessHoursOnly}
          disabled={hasWindows}
          onChange={({ target }) => set({ businessHoursOnly: target.checked })}
        />
        <WindowsField {...part} />
        <ClosedDays {...part} />
        <Holidays {...part} />
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField
            label="Messages a day, at most"
            hint="Of this cadence, by the day of the workspace."
            type="number"
            min={1}
            max={100_000}
            value={value.dailySendCap === 0 ? "" : value.dailySendCap}
            fault={faultAt(error, "/dailySendCap")}
            onChange={({ target }) => set({ dailySendCap: Number(target.value) })}
          />
          <TextField
            label="Spread over minutes"
            hint="Each message is put off by some of them, so that not all leave at once. 0: none."
            type="number"
            min={0}
            max={1_440}
            value={value.jitterMinutes}
            fault={faultAt(error, "/jitterMinutes")}
            onChange={({ target }) => set({ jitterMinutes: Number(target.value) })}
          />
        </div>
      </div>
    </Card>
  );
}

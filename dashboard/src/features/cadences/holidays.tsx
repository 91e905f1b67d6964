import { X } from "lucide-react";
import { useState } from "react";
import { Button } from "../../ui/button.tsx";
import { CheckField, TextField } from "../../ui/field.tsx";
import type { SettingsPart } from "./use-settings.ts";
import { Faults } from "./windows-field.tsx";

const LEAD = "lead";
const COUNTRY_NAMES = new Intl.DisplayNames("en", { type: "region", fallback: "code" });

/** Whose public holidays are kept: of the lead's country, and of some others. */
export function Holidays({ value: { holidayCalendars }, error, set }: SettingsPart) {
  const [code, setCode] = useState("");
  const countries = holidayCalendars.filter((one) => one !== LEAD);
  const isCode = /^[A-Z]{2}$/.test(code) && !countries.includes(code);
  const add = () => {
    if (!isCode) return;
    set({ holidayCalendars: [...holidayCalendars, code] });
    setCode("");
  };
  return (
    <fieldset className="space-y-2.5">
      <legend className="mb-1.5 text-sm font-medium">Public holidays</legend>
      <CheckField
        label="Of the lead's country"
        hint="Where the lead has one."
        checked={holidayCalendars.includes(LEAD)}
        onChange={({ target }) => set({ holidayCalendars: target.checked ? [...countries, LEAD] : countries })}
      />
      {countries.length === 0 ? null : (
        <ul className="flex flex-wrap gap-1.5">
          {countries.map((country) => (
            <li key={country} className="flex items-center gap-1 rounded-lg bg-raised pl-2.5 text-sm">
              {COUNTRY_NAMES.of(country)}
              <button
                type="button"
                aria-label={`Leave out ${COUNTRY_NAMES.of(country)}`}
                className="flex size-7 items-center justify-center rounded-md text-quiet hover:text-ink"
                onClick={() => set({ holidayCalendars: holidayCalendars.filter((one) => one !== country) })}
              >
                <X className="size-3.5" aria-hidden />
              </button>
            </li>
          ))}
        </ul>
      )}
      <div className="flex items-end gap-2">
        <TextField
          label="Another country"
          placeholder="CH"
          maxLength={2}
          className="max-w-20 uppercase"
          value={code}
          onChange={({ target }) => setCode(target.value.toUpperCase())}
          onKeyDown={(event) => {
            if (event.key !== "Enter") return;
            event.preventDefault();
            add();
          }}
        />
        <Button disabled={!isCode} onClick={add}>
          Add{isCode ? ` ${COUNTRY_NAMES.of(code)}` : ""}
        </Button>
      </div>
      <Faults
        error={error}
        pointers={["/holidayCalendars", ...holidayCalendars.map((_, index) => `/holidayCalendars/${index}`)]}
      />
    </fieldset>
  );
}

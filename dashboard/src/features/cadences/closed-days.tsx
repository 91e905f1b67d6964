import { Plus, Trash2 } from "lucide-react";
import type { Cadence } from "../../../../core/contract/cadence.ts";
import { Button } from "../../ui/button.tsx";
import type { SettingsPart } from "./use-settings.ts";
import { Faults } from "./windows-field.tsx";

type ClosedDay = Cadence["blackoutDates"][number];

const INPUT = "h-8 rounded-lg border border-strong-line bg-card px-2 text-sm";

/** Days of one's own on which nothing leaves. */
export function ClosedDays({ value: { blackoutDates }, error, set }: SettingsPart) {
  const change = (index: number, next: ClosedDay) =>
    set({ blackoutDates: blackoutDates.map((one, at) => (at === index ? next : one)) });
  return (
    <fieldset>
      <legend className="mb-1.5 text-sm font-medium">Closed days</legend>
      <ul className="space-y-3">
        {blackoutDates.map((day, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a span of days is its place in the list and nothing else
          <li key={index}>
            <div className="flex flex-wrap items-center gap-2 text-sm text-quiet">
              <input
                type="date"
                aria-label={`Closed days ${index + 1}, from`}
                className={INPUT}
                value={day.from}
                onChange={({ target }) => change(index, { ...day, from: target.value })}
              />
              to
              <input
                type="date"
                aria-label={`Closed days ${index + 1}, to`}
                className={INPUT}
                value={day.to ?? ""}
                onChange={({ target }) => change(index, withOr(day, "to", target.value))}
              />
              <input
                aria-label={`Closed days ${index + 1}, note`}
                placeholder="Note"
                maxLength={200}
                className={`${INPUT} min-w-24 flex-1`}
                value={day.note ?? ""}
                onChange={({ target }) => change(index, withOr(day, "note", target.value))}
              />
              <Button
                isSmall
                weight="quiet"
                className="px-1.5"
                aria-label={`Remove closed days ${index + 1}`}
                onClick={() => set({ blackoutDates: blackoutDates.filter((_, at) => at !== index) })}
              >
                <Trash2 className="size-4" aria-hidden />
              </Button>
            </div>
            <Faults
              error={error}
              pointers={["", "/from", "/to", "/note"].map((end) => `/blackoutDates/${index}${end}`)}
            />
          </li>
        ))}
      </ul>
      <Faults error={error} pointers={["/blackoutDates"]} />
      <Button
        isSmall
        className={blackoutDates.length > 0 ? "mt-2" : ""}
        onClick={() => set({ blackoutDates: [...blackoutDates, { from: new Date().toISOString().slice(0, 10) }] })}
      >
        <Plus className="size-3.5" aria-hidden /> Add closed days
      </Button>
    </fieldset>
  );
}

/** What is empty isn't there: the contract knows no empty text. */
function withOr(day: ClosedDay, field: "to" | "note", text: string): ClosedDay {
  const { [field]: _, ...rest } = day;
  return text === "" ? rest : { ...rest, [field]: text };
}

import { Plus, Trash2 } from "lucide-react";
import type { Cadence } from "../../../../core/contract/cadence.ts";
import { Button } from "../../ui/button.tsx";
import { faultAt } from "../../ui/field.tsx";
import type { SettingsPart } from "./use-settings.ts";

/** Hours of some weekdays, as the contract has them. */
export type SendingWindow = Cadence["sendingWindows"][number];
/** A day of the week as the contract names it. */
export type Weekday = SendingWindow["days"][number];

/** What they are called, Monday first. */
export const WEEKDAYS = {
  mon: "Mon",
  tue: "Tue",
  wed: "Wed",
  thu: "Thu",
  fri: "Fri",
  sat: "Sat",
  sun: "Sun",
} as const satisfies Record<Weekday, string>;

/** What `businessHoursOnly` stands for. */
export const BUSINESS_HOURS: readonly SendingWindow[] = [
  { days: ["mon", "tue", "wed", "thu", "fri"], from: "09:00", to: "17:00" },
];
const WINDOWS_MAX = 28;
const TIME =
  "h-8 w-20 rounded-lg border border-strong-line bg-card px-2 text-center text-sm tabular-nums aria-invalid:border-bad";

/** The windows in which it is sent; several of them may share a weekday. */
export function WindowsField({ value: { sendingWindows }, error, set }: SettingsPart) {
  const change = (index: number, fields: Partial<SendingWindow>) =>
    set({ sendingWindows: sendingWindows.map((one, at) => (at === index ? { ...one, ...fields } : one)) });
  return (
    <fieldset>
      <legend className="mb-1.5 text-sm font-medium">Windows of your own</legend>
      <ul className="space-y-3">
        {sendingWindows.map((window, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a window is its place in the list and nothing else
          <li key={index} className="rounded-lg border border-line p-2.5">
            <div className="flex flex-wrap items-center gap-2">
              <DayButtons index={index} days={window.days} onChange={(days) => change(index, { days })} />
              <span className="flex items-center gap-1.5 text-sm text-quiet">
                <input
                  aria-label={`Window ${index + 1} from`}
                  aria-invalid={faultAt(error, `/sendingWindows/${index}/from`) !== undefined || undefined}
                  className={TIME}
                  inputMode="numeric"
                  maxLength={5}
                  value={window.from}
                  onChange={({ target }) => change(index, { from: target.value })}
                />
                to
                <input
                  aria-label={`Window ${index + 1} to`}
                  aria-invalid={faultAt(error, `/sendingWindows/${index}/to`) !== undefined || undefined}
                  className={TIME}
                  inputMode="numeric"
                  maxLength={5}
                  value={window.to}
                  onChange={({ target }) => change(index, { to: target.value })}
                />
              </span>
              <Button
                isSmall
                weight="quiet"
                className="ml-auto px-1.5"
                aria-label={`Remove window ${index + 1}`}
                onClick={() => set({ sendingWindows: sendingWindows.filter((_, at) => at !== index) })}
              >
                <Trash2 className="size-4" aria-hidden />
              </Button>
            </div>
            <Faults
              error={error}
              pointers={["", "/days", "/from", "/to"].map((end) => `/sendingWindows/${index}${end}`)}
            />
          </li>
        ))}
      </ul>
      <Faults error={error} pointers={["/sendingWindows"]} />
      {sendingWindows.length >= WINDOWS_MAX ? null : (
        <Button
          isSmall
          className="mt-2"
          onClick={() => set({ sendingWindows: [...sendingWindows, ...BUSINESS_HOURS.slice(0, 1)] })}
        >
          <Plus className="size-3.5" aria-hidden /> Add a window
        </Button>
      )}
    </fieldset>
  );
}

/** What is wrong with any of these, in words. */
export function Faults({ error, pointers }: { readonly error: unknown; readonly pointers: readonly string[] }) {
  const faults = pointers.flatMap((pointer) => faultAt(error, pointer) ?? []);
  return faults.map((fault) => (
    <p key={fault} role="alert" className="mt-1.5 text-xs font-medium text-bad">
      {fault}
    </p>
  ));
}

interface DayButtonsProps {
  readonly index: number;
  readonly days: readonly Weekday[];
  readonly onChange: (days: Weekday[]) => void;
}

function DayButtons({ index, days, onChange }: DayButtonsProps) {
  const all = Object.keys(WEEKDAYS) as Weekday[];
  return (
    <fieldset className="flex gap-1">
      <legend className="sr-only">Days of window {index + 1}</legend>
      {all.map((day) => (
        <button
          key={day}
          type="button"
          aria-pressed={days.includes(day)}
          onClick={() => onChange(all.filter((one) => (one === day ? !days.includes(one) : days.includes(one))))}
          className="h-8 min-w-9 rounded-md border border-line px-1 text-xs text-quiet hover:bg-raised aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:font-medium aria-pressed:text-accent"
        >
          {WEEKDAYS[day]}
        </button>
      ))}
    </fieldset>
  );
}

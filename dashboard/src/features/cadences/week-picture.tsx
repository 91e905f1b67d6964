import { type SendingWindow, WEEKDAYS, type Weekday } from "./windows-field.tsx";

const HOURS = [0, 6, 12, 18, 24];
const DAY_MINUTES = 24 * 60;

/** The week as it is open for sending: a row a day, from midnight to midnight. `windows` null is always open. */
export function WeekPicture({ windows }: { readonly windows: readonly SendingWindow[] | null }) {
  const days = Object.keys(WEEKDAYS) as Weekday[];
  const openOn = (day: Weekday) =>
    windows === null ? [{ from: "00:00", to: "24:00" }] : windows.filter((window) => window.days.includes(day));
  return (
    <div role="img" aria-label={days.map((day) => `${WEEKDAYS[day]}: ${sayOpen(openOn(day))}`).join("; ")}>
      <div className="space-y-1">
        {days.map((day) => (
          <div key={day} className="flex items-center gap-2">
            <span className="w-8 text-xs text-quiet">{WEEKDAYS[day]}</span>
            <div className="relative h-4 flex-1 overflow-hidden rounded bg-raised">
              {openOn(day).map(({ from, to }) => {
                const [start, end] = [minutesOf(from), minutesOf(to)];
                return start === null || end === null || end <= start ? null : (
                  <div
                    key={`${from} ${to}`}
                    title={`${WEEKDAYS[day]} ${from}–${to}`}
                    className="absolute inset-y-0 rounded bg-accent"
                    style={{
                      left: `${(start / DAY_MINUTES) * 100}%`,
                      width: `${((end - start) / DAY_MINUTES) * 100}%`,
                    }}
                  />
                );
              })}
              {HOURS.slice(1, -1).map((hour) => (
                <span
                  key={hour}
                  className="absolute inset-y-0 w-px bg-card"
                  style={{ left: `${(hour / 24) * 100}%` }}
                />
              ))}
            </div>
          </div>
        ))}
      </div>
      <div className="mt-1 ml-10 flex justify-between text-[11px] text-quiet tabular-nums">
        {HOURS.map((hour) => (
          <span key={hour}>{String(hour).padStart(2, "0")}</span>
        ))}
      </div>
    </div>
  );
}

function sayOpen(windows: readonly { readonly from: string; readonly to: string }[]): string {
  return windows.length === 0 ? "closed" : windows.map(({ from, to }) => `${from} to ${to}`).join(" and ");
}

/** Of "09:30"; null for what isn't typed to its end. */
function minutesOf(time: string): number | null {
  const match = /^(\d{2}):(\d{2})$/.exec(time);
  return match === null ? null : Math.min(Number(match[1]) * 60 + Number(match[2]), DAY_MINUTES);
}

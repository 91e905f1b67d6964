import type { Forecast } from "../../../../core/contract/forecast.ts";
import type { Mailbox } from "../../../../core/contract/mailbox.ts";
import { useList, useRead } from "../../api/queries.ts";
import { Chart } from "../../ui/chart.tsx";
import { Card } from "../../ui/page.tsx";
import { Read } from "../../ui/read.tsx";
import type { ChartSeries } from "../../ui/series-chart.tsx";
import { sayDay } from "./day-words.ts";

const TONES = ["accent", "info", "warn", "good", "bad", "plain"] as const;

/** What goes out in the next fourteen days, by the mailbox that sends it. */
export function ForecastCard({ cadenceId }: { readonly cadenceId: string }) {
  const forecast = useRead<Forecast>(`/v1/cadences/${cadenceId}/forecast`, {}, { staleMs: 60_000 });
  const mailboxes = useList<Mailbox>("/v1/mailboxes");
  const nameOf = (id: string | null) =>
    id === null ? "LinkedIn, tasks, or no mailbox" : (mailboxes.rows.find((row) => row.id === id)?.email ?? id);
  return (
    <Card title="The next fourteen days">
      <Read of={forecast}>
        {({ days, assumes, putOff, timeZone, active, leftOut }) => {
          const series = seriesOf(days, nameOf);
          return (
            <>
              <Chart
                label="Messages forecast for the next fourteen days, by mailbox"
                kind="bars"
                points={days.map(({ day, byMailbox }) => ({
                  at: sayDay(day),
                  values: Object.fromEntries(byMailbox.map(({ mailboxId, messages }) => [keyOf(mailboxId), messages])),
                }))}
                series={series.length === 0 ? [{ key: "none", name: "Messages", tone: "accent" }] : series}
              />
              <p className="mt-2 text-xs text-quiet">
                Days of {timeZone}. It counts {active.toLocaleString("en")} active; {leftOut.paused} paused and{" "}
                {leftOut.held} held are left out.{" "}
                {putOff > 0
                  ? `${putOff.toLocaleString("en")} more are due, and caps put them off past these days. `
                  : ""}
              </p>
              <details className="mt-2 text-xs text-quiet">
                <summary>What it takes for granted</summary>
                <ul className="mt-1 list-disc space-y-0.5 pl-4">
                  {assumes.map((one) => (
                    <li key={one}>{one}</li>
                  ))}
                </ul>
              </details>
            </>
          );
        }}
      </Read>
    </Card>
  );
}

/** One colour a mailbox; with more mailboxes than colours they begin anew. */
function seriesOf(days: Forecast["days"], nameOf: (id: string | null) => string): ChartSeries[] {
  const ids = [...new Set(days.flatMap(({ byMailbox }) => byMailbox.map(({ mailboxId }) => mailboxId)))];
  return ids.map((id, index) => ({ key: keyOf(id), name: nameOf(id), tone: TONES[index % TONES.length] ?? "plain" }));
}

function keyOf(mailboxId: string | null): string {
  return mailboxId ?? "none";
}

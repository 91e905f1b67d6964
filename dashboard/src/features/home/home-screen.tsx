import { Link } from "@tanstack/react-router";
import type { TenantForecast } from "../../../../core/contract/forecast.ts";
import type { Overview } from "../../../../core/contract/overview.ts";
import { useRead } from "../../api/queries.ts";
import { Chart } from "../../ui/chart.tsx";
import { Card, Page } from "../../ui/page.tsx";
import { Read } from "../../ui/read.tsx";
import { When } from "../../ui/when.tsx";
import { useZone } from "../../ui/zone.ts";
import { Attention } from "./attention.tsx";
import { FirstSteps } from "./first-steps.tsx";

/** Today at a glance, and what needs a person. */
export function HomeScreen() {
  const overview = useRead<Overview>("/v1/overview", {}, { everyMs: 30_000 });
  const forecast = useRead<TenantForecast>("/v1/forecast", { days: 7 });
  const zone = useZone();
  return (
    <Page
      title="Home"
      lead={
        overview.data === undefined ? undefined : (
          <>
            As of <When at={overview.data.at} />
          </>
        )
      }
    >
      <Read of={overview} lines={8}>
        {({ today, yesterday, hours, attention, enrollments, timeZone }) => (
          <div className="space-y-5">
            <dl className="grid grid-cols-2 gap-3 sm:grid-cols-3 xl:grid-cols-5">
              <Figure name="Sent today" value={today.sent} before={yesterday.sent} />
              <Figure name="Replied" value={today.replied} before={yesterday.replied} />
              <Figure name="Bounced" value={today.bounced} before={yesterday.bounced} />
              <Figure name="Held now" value={attention.held} atMost={1_000} />
              <Figure name="Active enrollments" value={enrollments.active} atMost={100_000} />
            </dl>
            <p className="text-xs text-quiet">
              Today is the day of the workspace: {today.day}, {timeZone}.
            </p>
            <Attention of={attention} failedDrafts={today.failedDrafts} />
            <FirstSteps />
            <div className="grid gap-5 xl:grid-cols-2">
              <Card title="Messages per hour">
                <Chart
                  label="Messages per hour in the last two days"
                  kind="bars"
                  points={hours.map(({ at, ...values }) => ({ at: hourOf(at, zone), values }))}
                  series={[
                    { key: "sent", name: "Sent", tone: "accent" },
                    { key: "replied", name: "Replied", tone: "info" },
                    { key: "bounced", name: "Bounced", tone: "bad" },
                  ]}
                />
                <p className="mt-2 text-xs text-quiet">The last 48 hours, by the clock of {zone}.</p>
              </Card>
              <Card title="The next seven days">
                <Read of={forecast}>
                  {({ days, assumes, putOff, timeZone: countedIn }) => (
                    <>
                      <Chart
                        label="Messages forecast for the next seven days"
                        kind="bars"
                        points={days.map(({ day, messages }) => ({ at: weekdayOf(day), values: { messages } }))}
                        series={[{ key: "messages", name: "Messages", tone: "accent" }]}
                      />
                      <p className="mt-2 text-xs text-quiet">
                        Days of {countedIn}. {putOff > 0 ? `${putOff} more are due and put off by caps. ` : ""}
                        {assumes.join(" ")}
                      </p>
                    </>
                  )}
                </Read>
              </Card>
            </div>
            <p className="text-sm text-quiet">
              Who is where:{" "}
              <Link to="/enrollments" className="text-accent underline">
                all enrollments
              </Link>
              . What crossed the wire:{" "}
              <Link to="/log" className="text-accent underline">
                the delivery log
              </Link>
              .
            </p>
          </div>
        )}
      </Read>
    </Page>
  );
}

interface FigureProps {
  readonly name: string;
  readonly value: number;
  readonly before?: number;
  /** So many mean that many or more. */
  readonly atMost?: number;
}

function Figure({ name, value, before, atMost }: FigureProps) {
  return (
    <div className="rounded-xl border border-line bg-card p-4">
      <dt className="text-sm text-quiet">{name}</dt>
      <dd className="mt-1 text-2xl font-semibold tracking-tight tabular-nums">
        {atMost !== undefined && value >= atMost ? `${(atMost - 1).toLocaleString("en")}+` : value.toLocaleString("en")}
      </dd>
      {before === undefined ? null : <dd className="text-xs text-quiet">{before.toLocaleString("en")} yesterday</dd>}
    </div>
  );
}

function hourOf(at: string, timeZone: string): string {
  return new Intl.DateTimeFormat("en-GB", { timeZone, weekday: "short", hour: "2-digit", minute: "2-digit" }).format(
    new Date(at),
  );
}

function weekdayOf(day: string): string {
  return new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", weekday: "short", day: "numeric" }).format(new Date(day));
}

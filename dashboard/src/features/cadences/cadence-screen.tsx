import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import type { Cadence } from "../../../../core/contract/cadence.ts";
import type { Funnel } from "../../../../core/contract/funnel.ts";
import { useMay } from "../../shell/use-me.ts";
import { buttonLook } from "../../ui/button.tsx";
import { Chart } from "../../ui/chart.tsx";
import { Empty } from "../../ui/notes.tsx";
import { Card } from "../../ui/page.tsx";
import { Read } from "../../ui/read.tsx";
import { CadenceFrame } from "./cadence-frame.tsx";
import { sayDay } from "./day-words.ts";
import { ForecastCard } from "./forecast-card.tsx";
import { repliedOf, useFunnel } from "./funnel.ts";
import { FunnelBars } from "./funnel-bars.tsx";

/** What one cadence does: who is where in it, what came of it, what it will send. */
export function CadenceScreen() {
  return <CadenceFrame>{({ cadence }) => <Overview cadence={cadence} />}</CadenceFrame>;
}

function Overview({ cadence }: { readonly cadence: Cadence }) {
  const { version } = useSearch({ from: "/cadences/$cadenceId" });
  const funnel = useFunnel(cadence.id, version);
  if (cadence.version === null) return <NotPublished cadence={cadence} />;
  return (
    <div className="space-y-5">
      <Read of={funnel} lines={8}>
        {(read) => (
          <>
            <Figures funnel={read} />
            <Card title="By step" actions={<VersionChoice funnel={read} version={version} />}>
              {read.enrolled === 0 ? (
                <Empty
                  title={version === undefined ? "Nobody is enrolled yet" : `Nobody is on version ${version}`}
                  action={
                    <Link to="/enrollments/add" className={buttonLook("normal")}>
                      Add leads
                    </Link>
                  }
                >
                  Once leads are in it, each step shows how many wait for it and what came of it.
                </Empty>
              ) : (
                <FunnelBars cadenceId={cadence.id} funnel={read} steps={cadence.steps} />
              )}
            </Card>
            <div className="grid grid-cols-1 gap-5 xl:grid-cols-[2fr_1fr]">
              <Card title="By day">
                <Chart
                  label="Messages sent and replies by day"
                  kind="bars"
                  points={read.days.map(({ day, sent, replied }) => ({ at: sayDay(day), values: { sent, replied } }))}
                  series={[
                    { key: "sent", name: "Sent", tone: "accent" },
                    { key: "replied", name: "Replied", tone: "info" },
                  ]}
                />
              </Card>
              <Ends funnel={read} />
            </div>
          </>
        )}
      </Read>
      <ForecastCard cadenceId={cadence.id} />
    </div>
  );
}

function NotPublished({ cadence: { id, steps } }: { readonly cadence: Cadence }) {
  const mayWrite = useMay("cadences:write");
  return (
    <Card>
      <Empty
        title="Not published yet"
        action={
          mayWrite ? (
            <Link to="/cadences/$cadenceId/edit" params={{ cadenceId: id }} className={buttonLook("primary")}>
              {steps.length === 0 ? "Add the first step" : "Go on with its steps"}
            </Link>
          ) : undefined
        }
      >
        Leads can be enrolled once it is published. What they go through is frozen then, as version 1.
      </Empty>
    </Card>
  );
}

function Figures({ funnel }: { readonly funnel: Funnel }) {
  const { enrolled, states } = funnel;
  const replied = repliedOf(funnel);
  const figures = [
    { name: "Enrolled", value: enrolled },
    { name: "Active", value: states.active },
    { name: "Held or paused", value: states.held + states.paused },
    { name: "Completed", value: states.completed },
    { name: "Replied", value: replied, beside: enrolled === 0 ? undefined : sayShare(replied, enrolled) },
  ];
  return (
    <dl className="grid grid-cols-2 gap-3 sm:grid-cols-3 lg:grid-cols-5">
      {figures.map(({ name, value, beside }) => (
        <div key={name} className="rounded-xl border border-line bg-card p-4">
          <dt className="text-sm text-quiet">{name}</dt>
          <dd className="mt-1 text-2xl font-semibold tracking-tight tabular-nums">
            {value.toLocaleString("en")}
            {beside === undefined ? null : <span className="ml-2 text-sm font-normal text-quiet">{beside}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function VersionChoice({ funnel, version }: { readonly funnel: Funnel; readonly version: string | undefined }) {
  const navigate = useNavigate({ from: "/cadences/$cadenceId" });
  if (funnel.versions.length < 2 && version === undefined) return null;
  return (
    <select
      aria-label="Version"
      value={version ?? ""}
      onChange={({ target }) =>
        void navigate({ search: target.value === "" ? {} : { version: target.value }, replace: true })
      }
      className="h-7 rounded-lg border border-strong-line bg-card px-2 text-[13px]"
    >
      <option value="">All versions</option>
      {[...new Set([...funnel.versions.map(String), ...(version === undefined ? [] : [version])])].map((one) => (
        <option key={one} value={one}>
          Version {one}
        </option>
      ))}
    </select>
  );
}

const REASONS: Readonly<Record<string, string>> = {
  replied: "They replied",
  replied_elsewhere: "They replied in another cadence",
  bounced: "Their address bounced",
  unsubscribed: "They unsubscribed",
  complained: "They complained",
  left_company: "They left the company",
  suppressed: "They are suppressed",
  stopped_by_customer: "Your endpoint said stop",
  draft_failed: "No draft could be had",
};

function Ends({ funnel: { exits, states } }: { readonly funnel: Funnel }) {
  const rows = [
    ...(states.completed > 0 ? [{ name: "Went through all steps", count: states.completed }] : []),
    ...Object.entries(exits).map(([reason, count]) => ({ name: REASONS[reason] ?? reason, count })),
  ].sort((left, right) => right.count - left.count);
  const total = rows.reduce((sum, { count }) => sum + count, 0);
  return (
    <Card title="Why enrollments ended">
      {rows.length === 0 ? (
        <p className="text-sm text-quiet">None has ended yet.</p>
      ) : (
        <ul className="space-y-2.5 text-sm">
          {rows.map(({ name, count }) => (
            <li key={name}>
              <div className="flex justify-between gap-3">
                <span>{name}</span>
                <span className="tabular-nums">{count.toLocaleString("en")}</span>
              </div>
              <div className="mt-1 h-1.5 rounded-full bg-raised" aria-hidden>
                <div className="h-full rounded-full bg-strong-line" style={{ width: `${(count / total) * 100}%` }} />
              </div>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function sayShare(part: number, whole: number): string {
  return `${((part / whole) * 100).toLocaleString("en", { maximumFractionDigits: 1 })} %`;
}

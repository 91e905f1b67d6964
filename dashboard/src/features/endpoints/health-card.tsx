import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { EndpointHealth } from "../../../../core/contract/endpoint-health.ts";
import { Chart } from "../../ui/chart.tsx";
import { Card } from "../../ui/page.tsx";
import { Read } from "../../ui/read.tsx";
import { When } from "../../ui/when.tsx";
import { useZone } from "../../ui/zone.ts";
import { sayShare } from "./health.ts";

interface HealthCardProps {
  readonly of: UseQueryResult<EndpointHealth>;
  readonly hours: number;
  /** Chooses the span. */
  readonly actions: ReactNode;
}

/** How it does: whether it is asked, how fast it answers, how often it fails. */
export function HealthCard({ of, hours, actions }: HealthCardProps) {
  const zone = useZone();
  return (
    <Card title="Health" actions={actions}>
      <Read of={of} lines={8}>
        {(health) => (
          <div className="space-y-5">
            <Breaker of={health.breaker} />
            <dl className="grid grid-cols-2 gap-4 sm:grid-cols-5">
              <Figure name="Requests" value={health.totals.requests.toLocaleString("en")} />
              <Figure name="Failed" value={sayShare(health.totals.failures, health.totals.requests)} />
              <Figure name="Half within" value={ms(health.totals.p50Ms)} />
              <Figure name="95 % within" value={ms(health.totals.p95Ms)} />
              <Figure name="99 % within" value={ms(health.totals.p99Ms)} />
            </dl>
            {health.totals.requests === 0 ? (
              <p className="text-sm text-quiet">Nothing was asked of it in this time, so there is nothing to draw.</p>
            ) : (
              <div className="grid gap-6 *:min-w-0 xl:grid-cols-2">
                <div>
                  <h3 className="mb-2 text-sm font-medium">How long answers took, in ms</h3>
                  <Chart
                    label="Latency of answers, by percentiles"
                    kind="lines"
                    unit=" ms"
                    points={health.buckets.map(({ at, p50Ms, p95Ms, p99Ms }) => ({
                      at: axisTime(at, zone, hours),
                      values: { p50Ms, p95Ms, p99Ms },
                    }))}
                    series={[
                      { key: "p50Ms", name: "half within", tone: "accent" },
                      { key: "p95Ms", name: "95 % within", tone: "info" },
                      { key: "p99Ms", name: "99 % within", tone: "warn" },
                    ]}
                  />
                </div>
                <div>
                  <h3 className="mb-2 text-sm font-medium">Requests</h3>
                  <Chart
                    label="Requests, answered and failed"
                    kind="bars"
                    points={health.buckets.map(({ at, requests, failures }) => ({
                      at: axisTime(at, zone, hours),
                      values: { answered: requests - failures, failures },
                    }))}
                    series={[
                      { key: "answered", name: "answered", tone: "accent" },
                      { key: "failures", name: "failed", tone: "bad" },
                    ]}
                  />
                </div>
              </div>
            )}
            {health.sampled ? (
              <p className="text-xs text-quiet">There were very many requests: the newest of them stand for all.</p>
            ) : null}
          </div>
        )}
      </Read>
    </Card>
  );
}

function Figure({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt className="text-xs text-quiet">{name}</dt>
      <dd className="text-lg font-semibold tabular-nums">{value}</dd>
    </div>
  );
}

/** Whether it is asked at present, in plain words. */
function Breaker({ of }: { readonly of: EndpointHealth["breaker"] }) {
  if (of === null)
    return <p className="text-sm text-quiet">Whether it rests can't be told just now. Requests go out as they come.</p>;
  const since =
    of.since === null ? null : (
      <>
        {" "}
        It has been so since <When at={of.since} />.
      </>
    );
  switch (of.state) {
    case "closed":
      return <p className="text-sm">Requests go out to it as they come.</p>;
    case "open":
      return (
        <p role="alert" className="rounded-lg bg-bad-soft px-3 py-2 text-sm">
          <strong className="font-semibold">It rests.</strong> {of.reason ?? "Too many of the last requests failed."}
          {since}
          {of.retryAt === null ? null : (
            <>
              {" "}
              The next request is tried <When at={of.retryAt} />.
            </>
          )}
        </p>
      );
    case "half_open":
      return (
        <p className="rounded-lg bg-warn-soft px-3 py-2 text-sm">
          <strong className="font-semibold">It is tried again.</strong>{" "}
          {of.reason ?? "One request at a time goes out, until some were answered well."}
          {since}
        </p>
      );
  }
}

function ms(value: number | null): string {
  return value === null ? "none" : `${value.toLocaleString("en")} ms`;
}

function axisTime(at: string, timeZone: string, hours: number): string {
  return new Intl.DateTimeFormat("en-GB", {
    timeZone,
    ...(hours > 24 ? { weekday: "short" } : {}),
    hour: "2-digit",
    minute: "2-digit",
  }).format(new Date(at));
}

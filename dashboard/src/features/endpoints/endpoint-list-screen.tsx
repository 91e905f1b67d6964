import { Link } from "@tanstack/react-router";
import type { Endpoint } from "../../../../core/contract/endpoint.ts";
import { useList } from "../../api/queries.ts";
import { useMay } from "../../shell/use-me.ts";
import { Badge } from "../../ui/badge.tsx";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { Empty } from "../../ui/notes.tsx";
import { Page } from "../../ui/page.tsx";
import { When } from "../../ui/when.tsx";
import { healthWord, sayShare } from "./health.ts";
import { NewEndpoint } from "./new-endpoint.tsx";
import { useHealth } from "./use-health.ts";

/** Your webhooks, and how they are. */
export function EndpointListScreen() {
  const mayWrite = useMay("endpoints:write");
  const list = useList<Endpoint>("/v1/endpoints", {}, { everyMs: 30_000 });
  return (
    <Page
      title="Endpoints"
      lead="Your webhooks: they write the words and are told the events."
      actions={mayWrite ? <NewEndpoint /> : undefined}
    >
      <DataTable<Endpoint>
        label="Endpoints"
        list={list}
        columns={COLUMNS}
        idOf={({ id }) => id}
        link={({ id, name }, className) => (
          <Link to="/endpoints/$endpointId" params={{ endpointId: id }} className={className}>
            {name}
          </Link>
        )}
        empty={
          <Empty title="No endpoint yet" action={mayWrite ? <NewEndpoint /> : undefined}>
            An endpoint is a URL of yours that is asked for a draft when a step is due, and told what happens. A cadence
            needs one, unless all of its steps have their own text.
          </Empty>
        }
      />
    </Page>
  );
}

const COLUMNS: readonly Column<Endpoint>[] = [
  { name: "Name", width: "minmax(0,1.3fr)", cell: ({ name }) => name },
  {
    name: "URL",
    width: "minmax(0,2fr)",
    isWide: true,
    cell: ({ url }) => <span className="font-mono text-xs text-quiet">{url}</span>,
  },
  { name: "Health", width: "minmax(7rem,1.6fr)", cell: (endpoint) => <Health endpoint={endpoint} /> },
  { name: "Last 24 hours", width: "13.5rem", isWide: true, cell: (endpoint) => <LastDay endpoint={endpoint} /> },
];

function Health({ endpoint }: { readonly endpoint: Endpoint }) {
  const { data } = useHealth(endpoint.id, 24);
  const { word, tone } = healthWord(endpoint, data);
  const since = data?.breaker != null && data.breaker.state !== "closed" ? data.breaker.since : null;
  return (
    <div className="flex flex-wrap items-center gap-x-2">
      <Badge tone={tone}>{word}</Badge>
      {endpoint.enabled ? null : (
        <span className="text-xs whitespace-normal text-quiet">{endpoint.disabledReason ?? "switched off"}</span>
      )}
      {endpoint.enabled && since !== null ? (
        <span className="text-xs text-quiet">
          since <When at={since} />
        </span>
      ) : null}
    </div>
  );
}

function LastDay({ endpoint }: { readonly endpoint: Endpoint }) {
  const { data, error } = useHealth(endpoint.id, 24);
  if (data === undefined) return <span className="text-quiet">{error === null ? "…" : "not known"}</span>;
  const { requests, failures, p95Ms } = data.totals;
  if (requests === 0) return <span className="text-quiet">nothing was asked</span>;
  return (
    <span className="text-xs tabular-nums">
      <span className="block">
        {requests.toLocaleString("en")} {requests === 1 ? "request" : "requests"}, {sayShare(failures, requests)} failed
      </span>
      {p95Ms === null ? null : <span className="block text-quiet">95 % within {p95Ms} ms</span>}
    </span>
  );
}

import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import type { Endpoint } from "../../../../core/contract/endpoint.ts";
import { useChange, useRead } from "../../api/queries.ts";
import { useMay } from "../../shell/use-me.ts";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { Card, Page } from "../../ui/page.tsx";
import { Read } from "../../ui/read.tsx";
import { tell } from "../../ui/toast.ts";
import { When } from "../../ui/when.tsx";
import { EditEndpoint } from "./edit-endpoint.tsx";
import { healthWord } from "./health.ts";
import { HealthCard } from "./health-card.tsx";
import { LastFailures } from "./last-failures.tsx";
import { RotateSecret } from "./rotate-secret.tsx";
import { SendTest } from "./send-test.tsx";
import { useHealth } from "./use-health.ts";

const SPANS = [
  ["6 hours", 6],
  ["24 hours", 24],
  ["7 days", 168],
] as const;

/** One endpoint: how it is, and what can be done about it. */
export function EndpointScreen() {
  const { endpointId } = useParams({ from: "/endpoints/$endpointId" });
  const search = useSearch({ from: "/endpoints/$endpointId" });
  const navigate = useNavigate({ from: "/endpoints/$endpointId" });
  const mayWrite = useMay("endpoints:write");
  const hours = SPANS.find(([, one]) => String(one) === search.hours)?.[1] ?? 24;
  const endpoint = useRead<Endpoint>(`/v1/endpoints/${endpointId}`);
  const health = useHealth(endpointId, hours);
  const { data } = endpoint;
  const inAWord = data === undefined ? null : healthWord(data, health.data);
  return (
    <Page
      title={data?.name ?? "Endpoint"}
      beside={inAWord === null ? undefined : <Badge tone={inAWord.tone}>{inAWord.word}</Badge>}
      lead={data === undefined ? undefined : <span className="font-mono text-xs break-all">{data.url}</span>}
      actions={data !== undefined && mayWrite ? <Actions endpoint={data} /> : undefined}
    >
      <Read of={endpoint} lines={8}>
        {(one) => (
          <div className="space-y-5">
            {one.enabled ? null : (
              <p role="alert" className="rounded-lg bg-bad-soft px-4 py-3 text-sm">
                <strong className="font-semibold">It is off</strong>: {one.disabledReason ?? "somebody switched it off"}
                . What is due for it is held until it is on again.
              </p>
            )}
            <HealthCard
              of={health}
              hours={hours}
              actions={
                <fieldset className="flex gap-1">
                  <legend className="sr-only">Of how long</legend>
                  {SPANS.map(([name, span]) => (
                    <Button
                      key={span}
                      isSmall
                      weight={span === hours ? "normal" : "quiet"}
                      aria-pressed={span === hours}
                      onClick={() => void navigate({ search: { hours: String(span) }, replace: true })}
                    >
                      {name}
                    </Button>
                  ))}
                </fieldset>
              }
            />
            <LastFailures endpointId={one.id} />
            {mayWrite ? <SendTest endpointId={one.id} /> : null}
            <div className="grid items-start gap-5 *:min-w-0 lg:grid-cols-2">
              <RotateSecret endpoint={one} mayWrite={mayWrite} />
              <Card title="What it is told">
                <p className="text-sm">
                  {one.eventTypes === null ? "Draft requests, and all events." : "Draft requests, and these events:"}
                </p>
                {one.eventTypes === null ? null : (
                  <ul className="mt-2 flex flex-wrap gap-1.5">
                    {one.eventTypes.map((type) => (
                      <li key={type}>
                        <Badge>{type}</Badge>
                      </li>
                    ))}
                  </ul>
                )}
                <p className="mt-3 text-xs text-quiet">
                  {one.compatibility === "myagentmail"
                    ? "Signed by Standard Webhooks, with MyAgentMail's header besides. "
                    : "Signed by Standard Webhooks. "}
                  Made <When at={one.createdAt} />.
                </p>
              </Card>
            </div>
          </div>
        )}
      </Read>
    </Page>
  );
}

function Actions({ endpoint }: { readonly endpoint: Endpoint }) {
  const navigate = useNavigate();
  const change = useChange(["/v1/endpoints", "/v1/overview"]);
  const path = `/v1/endpoints/${endpoint.id}`;
  const remove = async () => {
    await change.mutateAsync({ path, method: "DELETE" });
    tell(`${endpoint.name} is gone.`);
    void navigate({ to: "/endpoints" });
  };
  return (
    <>
      <EditEndpoint endpoint={endpoint} />
      {endpoint.enabled ? (
        <Confirm
          label="Switch off"
          weight="normal"
          title={`Switch ${endpoint.name} off?`}
          yes="Switch it off"
          onYes={() => change.mutateAsync({ path, method: "PATCH", body: { enabled: false } })}
        >
          It is asked nothing and told nothing until it is on again. Steps that are due for it are held meanwhile.
        </Confirm>
      ) : (
        <Confirm
          label="Switch on"
          weight="primary"
          title={`Switch ${endpoint.name} on?`}
          yes="Switch it on"
          onYes={() => change.mutateAsync({ path, method: "PATCH", body: { enabled: true } })}
        >
          Whatever was held while it was off goes on at once.
        </Confirm>
      )}
      <Confirm label="Delete" title={`Delete ${endpoint.name}?`} yes="Delete it" onYes={remove}>
        Only an endpoint that no cadence and no published version names can be deleted. To stop asking it, switch it
        off. Its lines in the log stay.
      </Confirm>
    </>
  );
}

import { Link } from "@tanstack/react-router";
import type { LogEntry } from "../../../../core/contract/log.ts";
import { useEndpointNames } from "../../api/names.ts";
import { useList } from "../../api/queries.ts";
import { useMay } from "../../shell/use-me.ts";
import { CopyButton } from "../../ui/copy.tsx";
import { Card } from "../../ui/page.tsx";
import { Attempts } from "./attempts.tsx";
import { copyAsCurl } from "./copy-as-curl.ts";
import { Fact, Facts, WhereFrom } from "./facts.tsx";
import { Redeliver } from "./redeliver.tsx";
import { sayBytes, sayDecision } from "./say-entry.ts";
import { HeaderList, ShownBody } from "./shown-body.tsx";
import { TimingBar } from "./timing-bar.tsx";
import { Words } from "./words.tsx";

/** The exact bytes of both sides: core/contract/log.ts LogBodies. */
export interface Bodies {
  readonly request: { readonly headers: Readonly<Record<string, string>>; readonly body: string };
  readonly response: {
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
    readonly encoding: "utf-8" | "base64";
    readonly cut: boolean;
  };
}

/** One request and its answer. */
export function ExchangeEntry({ entry, bodies }: { readonly entry: LogEntry; readonly bodies: Bodies | null }) {
  const mayRedeliver = useMay("log:write");
  const subjectId = entry.subjectId ?? "";
  const attempts = useList<LogEntry>("/v1/log", { subjectId, limit: 200 });
  const endpoints = useEndpointNames();
  const canRedeliver = mayRedeliver && bodies !== null && entry.endpointId !== null && entry.subjectId !== null;
  return (
    <div className="space-y-5">
      <div className="grid gap-5 *:min-w-0 lg:grid-cols-2">
        <Card title="What came of it">
          <p className="text-sm">{sayDecision(entry.decision)}</p>
          {entry.reason === null ? null : <p className="mt-2 font-mono text-xs break-words text-bad">{entry.reason}</p>}
          {entry.decision === "body" && bodies !== null ? <Words answer={bodies.response.body} /> : null}
          <div className="mt-4">
            <TimingBar firstByteMs={entry.firstByteMs} totalMs={entry.totalMs} />
          </div>
          {canRedeliver ? (
            <div className="mt-4 border-t border-line pt-4">
              <Redeliver entry={entry} onDone={() => void attempts.refetch()} />
            </div>
          ) : null}
        </Card>
        <Card title="About it">
          <Facts>
            <Fact name="Endpoint">
              {entry.endpointId === null ? (
                "none"
              ) : (
                <Link
                  to="/endpoints/$endpointId"
                  params={{ endpointId: entry.endpointId }}
                  className="text-accent underline"
                >
                  {endpoints[entry.endpointId] ?? entry.endpointId}
                </Link>
              )}
            </Fact>
            <WhereFrom entry={entry} />
            <Fact name="Attempt">{entry.attempt ?? "none"}</Fact>
            <Fact name="Id" copy={entry.subjectId} />
            <Fact name="Trace" copy={entry.traceId} />
            <Fact name="Sent" copy={entry.requestSha256} hint={`SHA-256 of ${sayBytes(entry.requestBytes)}`} />
            <Fact name="Came back" copy={entry.responseSha256} hint={`SHA-256 of ${sayBytes(entry.responseBytes)}`} />
          </Facts>
        </Card>
      </div>
      {bodies === null ? (
        <Card title="The bytes">
          <p className="text-sm text-quiet">
            The bytes of this request are not kept any more, or never left. What is said above stays.
          </p>
        </Card>
      ) : (
        <div className="grid items-start gap-5 *:min-w-0 lg:grid-cols-2">
          <Card
            title="What we sent"
            actions={
              <CopyButton
                label="Copy as curl"
                text={copyAsCurl({ url: entry.url ?? "", headers: bodies.request.headers, body: bodies.request.body })}
              />
            }
          >
            <p className="mb-3 font-mono text-xs break-all">POST {entry.url}</p>
            <HeaderList headers={bodies.request.headers} />
            <ShownBody text={bodies.request.body} name="request" />
            {bodies.request.body.includes("[masked]") ? (
              <p className="mt-2 text-xs text-quiet">
                The completion token is masked here, so the signature fits the bytes that were sent, not these.
              </p>
            ) : null}
          </Card>
          <Card title="What came back">
            <p className="mb-3 font-mono text-xs">
              {entry.status === null ? "No response came." : `Status ${entry.status}`}
            </p>
            {entry.status === null ? null : (
              <>
                <HeaderList headers={bodies.response.headers} />
                <ShownBody
                  text={bodies.response.body}
                  name="response"
                  isBase64={bodies.response.encoding === "base64"}
                />
                {bodies.response.cut ? (
                  <p className="mt-2 rounded-lg bg-warn-soft px-3 py-2 text-xs text-warn">
                    Only the beginning is kept: {sayBytes(entry.responseBytes)} came, the first 64 KiB are shown. The
                    hash is over all that was read.
                  </p>
                ) : null}
              </>
            )}
          </Card>
        </div>
      )}
      {entry.subjectId === null ? null : <Attempts list={attempts} shownId={entry.id} />}
    </div>
  );
}

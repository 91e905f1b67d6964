import { Link } from "@tanstack/react-router";
import type { LogEntry } from "../../../../core/contract/log.ts";
import { useList } from "../../api/queries.ts";
import { ProblemNote, Skeleton } from "../../ui/notes.tsx";
import { Card } from "../../ui/page.tsx";
import { When } from "../../ui/when.tsx";

/** What failed last, each with its line in the log. */
export function LastFailures({ endpointId }: { readonly endpointId: string }) {
  const list = useList<LogEntry>("/v1/log", { endpointId, outcome: "failed", limit: 8 }, { everyMs: 30_000 });
  return (
    <Card
      title="Last failures"
      actions={
        <Link to="/log" search={{ endpointId }} className="py-1 text-sm text-accent underline">
          All its requests
        </Link>
      }
    >
      {list.error === null ? null : <ProblemNote error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending ? <Skeleton /> : null}
      {list.isSuccess && list.rows.length === 0 ? <p className="text-sm text-quiet">Nothing has failed.</p> : null}
      <ul className="-my-2 divide-y divide-line">
        {list.rows.slice(0, 8).map(({ id, at, status, outcome, reason, excerpt }) => (
          <li key={id}>
            <Link
              to="/log/$entryId"
              params={{ entryId: id }}
              search={{ endpointId, outcome: "failed" }}
              className="flex flex-wrap items-baseline gap-x-4 py-2 text-sm hover:text-accent"
            >
              <span className="w-24 font-medium text-bad">{status ?? outcome?.replaceAll("_", " ")}</span>
              <span className="min-w-0 flex-1 truncate font-mono text-xs text-quiet">{reason ?? excerpt}</span>
              <span className="text-xs">
                <When at={at} />
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  );
}

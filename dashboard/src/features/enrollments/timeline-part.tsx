import { Link } from "@tanstack/react-router";
import type { LogEntry } from "../../../../core/contract/log.ts";
import { useList } from "../../api/queries.ts";
import type { Tone } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { Empty, ProblemNote, Skeleton } from "../../ui/notes.tsx";
import { Card } from "../../ui/page.tsx";
import { When } from "../../ui/when.tsx";
import { sayEntry } from "./say-entry.ts";

const DOTS: Readonly<Record<Tone, string>> = {
  good: "bg-good",
  bad: "bg-bad",
  warn: "bg-warn",
  info: "bg-info",
  plain: "bg-strong-line",
};

/** Everything that happened, oldest first, each line with its place in the delivery log. */
export function TimelinePart({ id, everyMs }: { readonly id: string; readonly everyMs: number }) {
  const list = useList<LogEntry>(`/v1/enrollments/${id}/timeline`, {}, { everyMs });
  const { rows, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  if (isPending) return <Skeleton lines={8} />;
  return (
    <Card
      title="Everything that happened"
      actions={
        <Link to="/log" search={{ enrollmentId: id }} className="text-sm text-accent underline">
          In the delivery log
        </Link>
      }
    >
      <ProblemNote error={error} onRetry={() => void list.refetch()} />
      {rows.length === 0 && error === null ? (
        <Empty title="Nothing has happened yet">What happens is seen here within seconds.</Empty>
      ) : (
        <ol className="relative before:absolute before:inset-y-2 before:left-[4px] before:w-px before:bg-line before:content-['']">
          {rows.map((entry) => (
            <Entry key={entry.id} entry={entry} />
          ))}
        </ol>
      )}
      {hasNextPage ? (
        <div className="mt-3 flex justify-center">
          <Button isSmall isBusy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            Later entries
          </Button>
        </div>
      ) : null}
    </Card>
  );
}

function Entry({ entry }: { readonly entry: LogEntry }) {
  const { title, detail, tone } = sayEntry(entry);
  return (
    <li className="group relative -mx-2 flex gap-3 rounded-lg px-2 py-2 hover:bg-raised">
      <span
        className={`mt-1.5 -ml-0 size-2.5 shrink-0 rounded-full ring-4 ring-card group-hover:ring-raised ${DOTS[tone]}`}
        aria-hidden
      />
      <div className="min-w-0 flex-1 text-sm">
        <Link
          to="/log/$entryId"
          params={{ entryId: entry.id }}
          className="font-medium break-words after:absolute after:inset-0 after:content-['']"
        >
          {title}
        </Link>
        {detail === null ? null : <p className="line-clamp-2 break-words text-quiet">{detail}</p>}
        <p className="text-xs text-quiet sm:hidden">
          <When at={entry.at} />
        </p>
      </div>
      <span className="shrink-0 text-xs text-quiet max-sm:hidden">
        <When at={entry.at} />
      </span>
    </li>
  );
}

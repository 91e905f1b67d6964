import { Link } from "@tanstack/react-router";
import type { LogEntry } from "../../../../core/contract/log.ts";
import { useEndpointNames } from "../../api/names.ts";
import { ProblemNote } from "../../ui/notes.tsx";
import { Card } from "../../ui/page.tsx";
import { When } from "../../ui/when.tsx";
import { type AttemptNode, attemptsTree } from "./attempts-tree.ts";
import { OutcomeBadge } from "./outcome-badge.tsx";
import { sayMs } from "./say-entry.ts";

interface AttemptsProps {
  readonly list: {
    readonly rows: readonly LogEntry[];
    readonly error: unknown;
    readonly hasNextPage: boolean;
    readonly refetch: () => unknown;
  };
  readonly shownId: string;
}

/** Every attempt of the same request; under each what was sent again of it by hand. */
export function Attempts({ list: { rows, error, hasNextPage, refetch }, shownId }: AttemptsProps) {
  const tree = attemptsTree(rows);
  const endpoints = useEndpointNames();
  // An event goes to every endpoint of the workspace by the same id.
  const names = new Set(rows.map(({ endpointId }) => endpointId)).size > 1 ? endpoints : {};
  if (error === null && tree.length === 0) return null;
  return (
    <Card title={titleOf(rows)}>
      {error === null ? null : <ProblemNote error={error} onRetry={() => void refetch()} />}
      <Branch nodes={tree} shownId={shownId} names={names} />
      {hasNextPage ? <p className="mt-2 text-xs text-quiet">Only the newest 200 are shown.</p> : null}
    </Card>
  );
}

function titleOf(rows: readonly LogEntry[]): string {
  const again = rows.filter(({ redeliveryOf }) => redeliveryOf !== null).length;
  const own = rows.length - again;
  const attempts = own === 1 ? "The only attempt" : `All ${own} attempts`;
  return again === 0 ? `${attempts} of this request` : `${attempts}, and ${again} sent again by hand`;
}

interface BranchProps {
  readonly nodes: readonly AttemptNode<LogEntry>[];
  readonly shownId: string;
  /** Of the endpoints, where there are several. */
  readonly names: Readonly<Record<string, string>>;
}

function Branch({ nodes, shownId, names }: BranchProps) {
  return (
    <ol className="space-y-1">
      {nodes.map(({ line, again }) => (
        <li key={line.id}>
          <Leaf line={line} isShown={line.id === shownId} name={names[line.endpointId ?? ""]} />
          {again.length === 0 ? null : (
            <div className="mt-1 ml-3 border-l-2 border-line pl-3">
              <Branch nodes={again} shownId={shownId} names={names} />
            </div>
          )}
        </li>
      ))}
    </ol>
  );
}

interface LeafProps {
  readonly line: LogEntry;
  readonly isShown: boolean;
  readonly name: string | undefined;
}

function Leaf({ line, isShown, name }: LeafProps) {
  return (
    <Link
      to="/log/$entryId"
      params={{ entryId: line.id }}
      search={(search) => search}
      aria-current={isShown ? "page" : undefined}
      className="flex flex-wrap items-center gap-x-4 gap-y-1 rounded-lg px-2 py-1.5 text-sm hover:bg-raised aria-[current]:bg-accent-soft"
    >
      <span className="w-28 font-medium">
        {line.redeliveryOf === null ? `Attempt ${line.attempt ?? "?"}` : "Sent again"}
      </span>
      <OutcomeBadge entry={line} />
      <span className="text-xs text-quiet tabular-nums">{sayMs(line.totalMs)}</span>
      {name === undefined ? null : <span className="text-xs text-quiet">{name}</span>}
      <span className="text-xs sm:ml-auto">
        <When at={line.at} isExact />
      </span>
    </Link>
  );
}

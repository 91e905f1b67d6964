import type { LogEntry } from "../../../../core/contract/log.ts";
import { Badge } from "../../ui/badge.tsx";
import { sayOutcome } from "./say-entry.ts";

/** How an exchange ended, with its status. */
export function OutcomeBadge({ entry }: { readonly entry: Pick<LogEntry, "kind" | "outcome" | "status"> }) {
  if (entry.kind !== "exchange") return <Badge>{entry.kind}</Badge>;
  const { words, tone } = sayOutcome(entry);
  return (
    <Badge tone={tone}>
      {entry.status === null ? null : <span className="tabular-nums">{entry.status}</span>}
      {words}
    </Badge>
  );
}

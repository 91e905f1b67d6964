import { Link } from "@tanstack/react-router";
import type { LogEntry } from "../../../../core/contract/log.ts";
import type { Column } from "../../ui/data-table.tsx";
import { OutcomeBadge } from "./outcome-badge.tsx";
import { sayEntry, sayMs } from "./say-entry.ts";

type Names = Readonly<Record<string, string>>;

/** The log's columns; the names of endpoints and cadences by their ids. */
export function columns(endpoints: Names, cadences: Names): readonly Column<LogEntry>[] {
  return [
    { name: "Time", width: "8.5rem", cell: () => null },
    { name: "What happened", width: "minmax(0,2.4fr)", cell: (entry) => <What entry={entry} /> },
    {
      name: "Endpoint",
      width: "minmax(0,1.2fr)",
      isWide: true,
      cell: ({ endpointId, url }) => (
        <span title={url ?? undefined} className="block truncate">
          {endpointId === null ? <span className="text-quiet">none</span> : (endpoints[endpointId] ?? endpointId)}
        </span>
      ),
    },
    { name: "Outcome", width: "11.5rem", isWide: true, cell: (entry) => <OutcomeBadge entry={entry} /> },
    { name: "Latency", width: "6rem", isWide: true, cell: ({ totalMs }) => <Latency ms={totalMs} /> },
    {
      name: "Enrollment",
      width: "minmax(0,1.2fr)",
      isWide: true,
      cell: ({ enrollmentId, cadenceId, step }) =>
        enrollmentId === null ? (
          <span className="text-quiet">none</span>
        ) : (
          <Link
            to="/enrollments/$enrollmentId"
            params={{ enrollmentId }}
            className="relative z-10 block truncate text-accent underline"
          >
            {(cadenceId && cadences[cadenceId]) || "An enrollment"}
            {step === null ? "" : `, step ${step + 1}`}
            <span className="sr-only">, enrollment {enrollmentId}</span>
          </Link>
        ),
    },
  ];
}

function What({ entry }: { readonly entry: LogEntry }) {
  const { attempt, excerpt, reason } = entry;
  return (
    <div className="min-w-0">
      <p className="md:truncate">
        {sayEntry(entry)}
        {attempt !== null && attempt > 1 ? <span className="text-quiet"> · attempt {attempt}</span> : null}
      </p>
      <p className="mt-0.5 md:hidden">
        <OutcomeBadge entry={entry} />
      </p>
      <p className="hidden truncate font-mono text-xs text-quiet md:block">{reason ?? oneLine(excerpt)}</p>
    </div>
  );
}

/** A second fills the bar; what is slower than that shows in its colour. */
function Latency({ ms }: { readonly ms: number | null }) {
  if (ms === null) return <span className="text-quiet">none</span>;
  const share = Math.min(100, Math.max(3, Math.log10(1 + ms / 10) * 29));
  return (
    <div>
      <span className="text-xs tabular-nums">{sayMs(ms)}</span>
      <div aria-hidden className="mt-0.5 h-1 rounded-full bg-raised">
        <div
          className={`h-1 rounded-full ${ms >= 10_000 ? "bg-bad" : ms >= 2_000 ? "bg-warn" : "bg-accent"}`}
          style={{ width: `${share}%` }}
        />
      </div>
    </div>
  );
}

function oneLine(text: string | null): string {
  return text === null ? "" : text.replaceAll(/\s+/g, " ");
}

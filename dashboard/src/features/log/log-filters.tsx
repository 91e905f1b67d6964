import { CalendarClock, X } from "lucide-react";
import { Button, buttonLook } from "../../ui/button.tsx";
import { TextField } from "../../ui/field.tsx";
import { FilterBar, SearchFilter, SelectFilter } from "../../ui/filters.tsx";
import { Popover } from "../../ui/popover.tsx";
import { formatClock } from "../../ui/when.tsx";
import { ownZone, useZone } from "../../ui/zone.ts";
import { fieldOf, instantOf, type LogSearch } from "./log-query.ts";

type Names = Readonly<Record<string, string>>;

interface LogFiltersProps {
  readonly search: LogSearch;
  readonly endpoints: Names;
  readonly cadences: Names;
  readonly onChange: (change: LogSearch) => void;
  readonly onClear: (() => void) | undefined;
}

const OUTCOMES: Names = {
  failed: "Failed, in any way",
  answered: "Answered",
  accepted: "Will answer later (202)",
  draft_invalid: "Breaks the contract",
  answer_invalid: "Answer not understood",
  timeout: "No answer in time",
  network: "Not reached",
  too_large: "Too large",
  http_500: "HTTP 500",
  http_502: "HTTP 502",
  http_503: "HTTP 503",
  http_429: "HTTP 429",
  http_404: "HTTP 404",
  http_401: "HTTP 401",
};
const SLOWER: Names = {
  500: "0.5 s and more",
  1000: "1 s and more",
  3000: "3 s and more",
  10000: "10 s and more",
  25000: "25 s and more",
};
const KINDS: Names = { exchange: "Requests", message: "Messages", note: "Notes" };

/** What of the log is shown. */
export function LogFilters({ search, endpoints, cadences, onChange, onClear }: LogFiltersProps) {
  const isOfOne = search.enrollmentId !== undefined;
  return (
    <FilterBar onClear={onClear}>
      <SearchFilter
        label="Text, URL, id or trace"
        value={search.search}
        onChange={(text) => onChange({ search: text })}
      />
      <SelectFilter
        label="Outcome"
        value={search.outcome}
        options={withChosen(OUTCOMES, search.outcome)}
        onChange={(outcome) => onChange({ outcome })}
      />
      <SelectFilter
        label="Endpoint"
        value={search.endpointId}
        options={withChosen(endpoints, search.endpointId)}
        onChange={(endpointId) => onChange({ endpointId })}
      />
      <SelectFilter
        label="Cadence"
        value={search.cadenceId}
        options={withChosen(cadences, search.cadenceId)}
        onChange={(cadenceId) => onChange({ cadenceId })}
      />
      <SelectFilter
        label="Latency"
        value={search.minMs}
        options={withChosen(SLOWER, search.minMs)}
        onChange={(minMs) => onChange({ minMs })}
      />
      <SpanFilter search={search} onChange={onChange} />
      {isOfOne ? (
        <SelectFilter
          label="Kind"
          value={search.kind}
          options={withChosen(KINDS, search.kind)}
          onChange={(kind) => onChange({ kind })}
        />
      ) : null}
      {search.enrollmentId === undefined ? null : (
        <Chip onClear={() => onChange({ enrollmentId: undefined, kind: undefined })}>
          Enrollment {search.enrollmentId}
        </Chip>
      )}
      {search.subjectId === undefined ? null : (
        <Chip onClear={() => onChange({ subjectId: undefined })}>About {search.subjectId}</Chip>
      )}
    </FilterBar>
  );
}

function Chip({ children, onClear }: { readonly children: React.ReactNode; readonly onClear: () => void }) {
  return (
    <span className="inline-flex h-9 max-w-full items-center gap-1 rounded-lg border border-accent bg-card pl-2.5 text-sm">
      <span className="truncate">{children}</span>
      <button type="button" aria-label="Remove this filter" onClick={onClear} className="p-2 text-quiet hover:text-ink">
        <X className="size-3.5" aria-hidden />
      </button>
    </span>
  );
}

const PRESETS = [
  ["15 minutes", 15 * 60_000],
  ["1 hour", 3_600_000],
  ["24 hours", 86_400_000],
  ["7 days", 7 * 86_400_000],
] as const;

function SpanFilter({ search: { since, until }, onChange }: Pick<LogFiltersProps, "search" | "onChange">) {
  const zone = useZone();
  const say = (text: string | undefined) =>
    text === undefined || Number.isNaN(Date.parse(text)) ? null : formatClock(new Date(text), zone, Date.now());
  const [from, to] = [say(since), say(until)];
  const isSet = from !== null || to !== null;
  return (
    <Popover
      label="Time"
      trigger={
        <button
          type="button"
          className={`${buttonLook()} ${isSet ? "border-accent" : "border-strong-line text-quiet"}`}
        >
          <CalendarClock className="size-4" aria-hidden />
          {isSet ? `${from === null ? "" : `from ${from} `}${to === null ? "" : `to ${to}`}` : "Time: all"}
        </button>
      }
    >
      <div className="space-y-3">
        <p className="text-sm font-medium">The last</p>
        <div className="flex flex-wrap gap-2">
          {PRESETS.map(([name, ms]) => (
            <Button
              key={name}
              isSmall
              onClick={() => onChange({ since: new Date(Date.now() - ms).toISOString(), until: undefined })}
            >
              {name}
            </Button>
          ))}
        </div>
        <TextField
          label="From"
          type="datetime-local"
          value={fieldOf(since)}
          onChange={({ target }) => onChange({ since: instantOf(target.value || undefined) })}
        />
        <TextField
          label="To"
          type="datetime-local"
          hint={`By the clock of ${ownZone()}. With an end, nothing new can come: the live tail rests.`}
          value={fieldOf(until)}
          onChange={({ target }) => onChange({ until: instantOf(target.value || undefined) })}
        />
        {isSet ? (
          <Button isSmall onClick={() => onChange({ since: undefined, until: undefined })}>
            Any time
          </Button>
        ) : null}
      </div>
    </Popover>
  );
}

/** What the address asks for is shown as chosen, also where this list doesn't name it. */
function withChosen(options: Names, chosen: string | undefined): Names {
  return chosen === undefined || chosen in options ? options : { ...options, [chosen]: chosen };
}

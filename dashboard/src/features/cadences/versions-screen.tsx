import { useNavigate, useSearch } from "@tanstack/react-router";
import type { Cadence, PublishedVersion } from "../../../../core/contract/cadence.ts";
import { useList } from "../../api/queries.ts";
import { useMay } from "../../shell/use-me.ts";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { Empty, ProblemNote, Skeleton } from "../../ui/notes.tsx";
import { Card } from "../../ui/page.tsx";
import { When } from "../../ui/when.tsx";
import { CadenceFrame } from "./cadence-frame.tsx";
import { type Definition, definitionOf, draftOf } from "./definition.ts";
import { SideBySide } from "./side-by-side.tsx";
import { TakeBack } from "./take-back.tsx";
import type { TaggedCadence } from "./use-cadence.ts";
import { useNames } from "./use-names.ts";
import { diffDefinitions } from "./version-diff.ts";

const DRAFT = "draft";

/** What was published when, and what differs between any two of it. */
export function VersionsScreen() {
  return <CadenceFrame>{(tagged) => <Versions tagged={tagged} />}</CadenceFrame>;
}

function Versions({ tagged }: { readonly tagged: TaggedCadence }) {
  const { cadence } = tagged;
  const mayWrite = useMay("cadences:write");
  const list = useList<PublishedVersion>(`/v1/cadences/${cadence.id}/versions`);
  if (list.isPending) return <Skeleton lines={6} />;
  if (list.error !== null) return <ProblemNote error={list.error} onRetry={() => void list.refetch()} />;
  if (list.rows.length === 0)
    return (
      <Card>
        <Empty title="No version yet">
          Each publishing freezes the steps and settings as a version. It never changes.
        </Empty>
      </Card>
    );
  return (
    <div className="grid grid-cols-1 gap-5 xl:grid-cols-[22rem_minmax(0,1fr)]">
      <Card title="Versions" className="self-start">
        <ol className="-my-3 divide-y divide-line">
          {list.rows.map((version, index) => (
            <li key={version.version} className="space-y-1.5 py-3 text-sm">
              <div className="flex items-center justify-between gap-2">
                <span className="font-medium">Version {version.version}</span>
                {version.version === cadence.version ? <Badge tone="good">Runs</Badge> : null}
              </div>
              <p className="text-quiet">
                <When at={version.publishedAt} />
              </p>
              <div className="flex flex-wrap gap-2">
                <CompareButton
                  from={list.rows[index + 1]?.version}
                  to={version.version}
                  isOldest={index === list.rows.length - 1 && !list.hasNextPage}
                />
                {mayWrite ? <TakeBack tagged={tagged} version={version} /> : null}
              </div>
            </li>
          ))}
        </ol>
        {list.hasNextPage ? (
          <Button isSmall isBusy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            More
          </Button>
        ) : null}
      </Card>
      <Comparison cadence={cadence} versions={list.rows} />
    </div>
  );
}

interface CompareButtonProps {
  readonly from: number | undefined;
  readonly to: number;
  readonly isOldest: boolean;
}

function CompareButton({ from, to, isOldest }: CompareButtonProps) {
  const navigate = useNavigate({ from: "/cadences/$cadenceId/versions" });
  if (from === undefined || isOldest) return null;
  return (
    <Button
      isSmall
      onClick={() =>
        void navigate({ search: { from: String(from), to: String(to) }, replace: true, resetScroll: false })
      }
    >
      What was new
    </Button>
  );
}

interface ComparisonProps {
  readonly cadence: Cadence;
  readonly versions: readonly PublishedVersion[];
}

function Comparison({ cadence, versions }: ComparisonProps) {
  const query = useSearch({ from: "/cadences/$cadenceId/versions" });
  const navigate = useNavigate({ from: "/cadences/$cadenceId/versions" });
  const nameOf = useNames();
  const newest = String(versions[0]?.version ?? 1);
  const standard = cadence.unpublishedChanges
    ? { from: newest, to: DRAFT }
    : { from: String(versions[1]?.version ?? newest), to: newest };
  const { from = standard.from, to = standard.to } = query;
  const [before, after] = [definitionNamed(from, cadence, versions), definitionNamed(to, cadence, versions)];
  const set = (change: { from?: string; to?: string }) =>
    void navigate({ search: { from, to, ...change }, replace: true, resetScroll: false });
  const names = [...versions.map(({ version }) => String(version)), DRAFT];
  return (
    <Card
      title="Compare"
      actions={
        <div className="flex flex-wrap items-center gap-2 text-sm">
          <VersionSelect label="Before" value={from} names={names} onChange={(name) => set({ from: name })} />
          <span className="text-quiet">with</span>
          <VersionSelect label="After" value={to} names={names} onChange={(name) => set({ to: name })} />
        </div>
      }
    >
      {before === null || after === null ? (
        <p className="text-sm text-quiet">Choose two versions.</p>
      ) : (
        <SideBySide
          diff={diffDefinitions(before, after, nameOf)}
          before={nameOfVersion(from)}
          after={nameOfVersion(to)}
        />
      )}
    </Card>
  );
}

interface VersionSelectProps {
  readonly label: string;
  readonly value: string;
  readonly names: readonly string[];
  readonly onChange: (name: string) => void;
}

function VersionSelect({ label, value, names, onChange }: VersionSelectProps) {
  return (
    <select
      aria-label={label}
      value={value}
      onChange={({ target }) => onChange(target.value)}
      className="h-7 rounded-lg border border-strong-line bg-card px-2 text-[13px]"
    >
      {names.map((name) => (
        <option key={name} value={name}>
          {nameOfVersion(name)}
        </option>
      ))}
    </select>
  );
}

function nameOfVersion(name: string): string {
  return name === DRAFT ? "The draft" : `Version ${name}`;
}

function definitionNamed(name: string, cadence: Cadence, versions: readonly PublishedVersion[]): Definition | null {
  if (name === DRAFT) return draftOf(cadence);
  const version = versions.find((one) => String(one.version) === name);
  return version === undefined ? null : definitionOf(version);
}

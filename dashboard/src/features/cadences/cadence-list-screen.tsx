import { Link } from "@tanstack/react-router";
import { Copy, Plus } from "lucide-react";
import type { Cadence } from "../../../../core/contract/cadence.ts";
import { useList } from "../../api/queries.ts";
import { useMay } from "../../shell/use-me.ts";
import { Badge } from "../../ui/badge.tsx";
import { Button, buttonLook } from "../../ui/button.tsx";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { Empty } from "../../ui/notes.tsx";
import { Page } from "../../ui/page.tsx";
import { FunnelSparkline } from "../../ui/sparkline.tsx";
import { useClone } from "./clone.ts";
import { repliedOf, sentByStep, useFunnel } from "./funnel.ts";
import { StateBadge, SwitchCadence } from "./switch-cadence.tsx";

/** All cadences with what they do. */
export function CadenceListScreen() {
  const mayWrite = useMay("cadences:write");
  const list = useList<Cadence>("/v1/cadences");
  const { clone, isPending } = useClone();
  const create = (
    <Link to="/cadences/new" className={buttonLook("primary")}>
      <Plus className="size-4" aria-hidden /> New cadence
    </Link>
  );
  return (
    <Page
      title="Cadences"
      lead="What is sent to a lead, after how long, until they answer."
      actions={mayWrite && list.rows.length > 0 ? create : undefined}
    >
      <DataTable
        label="Cadences"
        list={list}
        columns={[...COLUMNS, ...(mayWrite ? [actions(clone, isPending)] : [])]}
        idOf={({ id }) => id}
        link={({ id, name }, className) => (
          <Link to="/cadences/$cadenceId" params={{ cadenceId: id }} className={className}>
            {name}
          </Link>
        )}
        empty={
          <Empty title="No cadence yet" action={mayWrite ? create : undefined}>
            A cadence is a line of steps: a message, some days, another message. Make one, then add leads to it.
          </Empty>
        }
      />
    </Page>
  );
}

const COLUMNS: readonly Column<Cadence>[] = [
  { name: "Name", width: "minmax(0,2.2fr)", cell: ({ name }) => name },
  {
    name: "State",
    width: "minmax(4.5rem,0.6fr)",
    cell: (cadence) => <StateBadge cadence={cadence} />,
  },
  {
    name: "Version",
    width: "minmax(9.5rem,1fr)",
    isWide: true,
    cell: ({ version, unpublishedChanges }) => (
      <span className="flex items-center gap-2">
        <span className="text-quiet tabular-nums">{version === null ? "none" : version}</span>
        {version !== null && unpublishedChanges ? <Badge tone="info">changes</Badge> : null}
      </span>
    ),
  },
  { name: "Sent, by step", width: "6.5rem", isWide: true, cell: ({ id }) => <StepsSent cadenceId={id} /> },
  { name: "Enrolled", width: "5rem", isWide: true, cell: ({ id }) => <Count cadenceId={id} of="enrolled" /> },
  { name: "Active", width: "4rem", cell: ({ id }) => <Count cadenceId={id} of="active" /> },
  { name: "Replied", width: "4.5rem", isWide: true, cell: ({ id }) => <Count cadenceId={id} of="replied" /> },
];

function actions(clone: (cadence: Cadence) => Promise<void>, isCloning: boolean): Column<Cadence> {
  return {
    name: "Actions",
    width: "10.5rem",
    isWide: true,
    cell: (cadence) => (
      <span className="relative z-10 flex gap-1 p-1">
        {cadence.version === null ? null : <SwitchCadence cadence={cadence} isSmall />}
        <Button
          isSmall
          weight="quiet"
          disabled={isCloning}
          aria-label={`Clone ${cadence.name}`}
          title="Clone"
          onClick={() => void clone(cadence)}
        >
          <Copy className="size-4" aria-hidden />
        </Button>
      </span>
    ),
  };
}

/** Each row reads its own figures, when it is seen. */
function StepsSent({ cadenceId }: { readonly cadenceId: string }) {
  const { data, isPending } = useFunnel(cadenceId);
  if (isPending) return <span className="block h-5 w-20 animate-pulse rounded bg-raised" />;
  if (data === undefined) return <Unknown />;
  const sent = sentByStep(data);
  if (sent.every((count) => count === 0)) return <span className="text-xs text-quiet">none yet</span>;
  return <FunnelSparkline values={sent} label={`Sent by step: ${sent.join(", ")}`} />;
}

function Count({ cadenceId, of }: { readonly cadenceId: string; readonly of: "enrolled" | "active" | "replied" }) {
  const { data, isPending } = useFunnel(cadenceId);
  if (isPending) return <span className="block h-4 w-8 animate-pulse rounded bg-raised" />;
  if (data === undefined) return <Unknown />;
  const count = of === "enrolled" ? data.enrolled : of === "active" ? data.states.active : repliedOf(data);
  return <span className="tabular-nums">{count.toLocaleString("en")}</span>;
}

function Unknown() {
  return (
    <span className="text-quiet" title="The figures can't be read right now.">
      –
    </span>
  );
}

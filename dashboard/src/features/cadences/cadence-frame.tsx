import { Link, useParams, useRouterState } from "@tanstack/react-router";
import { Ellipsis } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Refusal } from "../../api/call.ts";
import { type Mode, useMode } from "../../api/mode.ts";
import { useChange } from "../../api/queries.ts";
import { useMay } from "../../shell/use-me.ts";
import { Badge } from "../../ui/badge.tsx";
import { Button, buttonLook } from "../../ui/button.tsx";
import { Menu, MenuItem } from "../../ui/menu.tsx";
import { Empty } from "../../ui/notes.tsx";
import { Card, Page } from "../../ui/page.tsx";
import { Read } from "../../ui/read.tsx";
import { TabLink, TabLinks } from "../../ui/tabs.tsx";
import { tell, tellFault } from "../../ui/toast.ts";
import { useClone } from "./clone.ts";
import { useFunnel } from "./funnel.ts";
import { PublishDialog } from "./publish-dialog.tsx";
import { StateBadge, SwitchCadence } from "./switch-cadence.tsx";
import { TestCallDialog } from "./test-call-dialog.tsx";
import { type TaggedCadence, useCadence } from "./use-cadence.ts";

interface CadenceFrameProps {
  readonly children: (tagged: TaggedCadence) => ReactNode;
}

/** What surrounds every part of one cadence: its name and state, what can be done with it, its parts. */
export function CadenceFrame({ children }: CadenceFrameProps) {
  const { cadenceId } = useParams({ strict: false });
  if (cadenceId === undefined) throw new Error("this screen is of one cadence, and the address names none");
  // Another cadence is another screen: nothing that was typed for one may stay for the next.
  return (
    <Framed key={cadenceId} cadenceId={cadenceId}>
      {children}
    </Framed>
  );
}

function Framed({ cadenceId, children }: CadenceFrameProps & { readonly cadenceId: string }) {
  const read = useCadence(cadenceId);
  const mode = useMode();
  const path = useRouterState({ select: ({ location }) => location.pathname });
  if (read.error instanceof Refusal && read.error.status === 404) return <NotThere mode={mode} />;
  const cadence = read.data?.cadence;
  const params = { cadenceId };
  return (
    <Page
      title={cadence?.name ?? "Cadence"}
      part={PARTS[path.split("/")[3] ?? ""]}
      beside={
        cadence === undefined ? undefined : (
          <>
            <StateBadge cadence={cadence} />
            {cadence.version === null ? null : <span className="text-sm text-quiet">Version {cadence.version}</span>}
            {cadence.version !== null && cadence.unpublishedChanges ? (
              <Badge tone="info">Unpublished changes</Badge>
            ) : null}
          </>
        )
      }
      lead={cadence?.description ?? undefined}
      actions={read.data === undefined ? undefined : <Actions tagged={read.data} />}
    >
      <TabLinks label="Parts of this cadence">
        <TabLink to="/cadences/$cadenceId" params={params}>
          Overview
        </TabLink>
        <TabLink to="/cadences/$cadenceId/edit" params={params} count={cadence?.steps.length}>
          Edit
        </TabLink>
        <TabLink to="/cadences/$cadenceId/versions" params={params}>
          Versions
        </TabLink>
        <TabLink to="/cadences/$cadenceId/settings" params={params}>
          Settings
        </TabLink>
      </TabLinks>
      <Read of={read} lines={8}>
        {children}
      </Read>
    </Page>
  );
}

/** By the last word of the address. */
const PARTS: Readonly<Record<string, string>> = { edit: "Edit", versions: "Versions", settings: "Settings" };

function NotThere({ mode }: { readonly mode: Mode }) {
  return (
    <Page title="Cadence">
      <Card>
        <Empty
          title="There is no such cadence here"
          action={
            <Link to="/cadences" className={buttonLook("normal")}>
              All cadences
            </Link>
          }
        >
          {mode === "live"
            ? "This is the live mode. If it is a cadence of the test mode, go over to that at the bottom of the navigation."
            : "This is the test mode. If it is a live cadence, go over to that at the bottom of the navigation."}
        </Empty>
      </Card>
    </Page>
  );
}

function Actions({ tagged }: { readonly tagged: TaggedCadence }) {
  const { cadence } = tagged;
  const mayWrite = useMay("cadences:write");
  const [overlay, setOverlay] = useState<"none" | "publish" | "test">("none");
  const funnel = useFunnel(cadence.id);
  const change = useChange(["/v1/enrollments"]);
  const { clone } = useClone();
  const runNow = async () => {
    try {
      await change.mutateAsync({ path: `/v1/cadences/${cadence.id}/run-now` });
      tell("Its active enrollments are looked at now. What isn't due still waits.");
    } catch (error) {
      tellFault(error);
    }
  };
  return (
    <>
      <Link to="/enrollments" search={{ cadenceId: cadence.id }} className="px-1 text-sm text-accent underline">
        Enrollments
      </Link>
      <Link to="/log" search={{ cadenceId: cadence.id }} className="px-1 text-sm text-accent underline">
        Log
      </Link>
      {mayWrite ? (
        <>
          {cadence.version === null ? null : <SwitchCadence cadence={cadence} active={funnel.data?.states.active} />}
          <Button onClick={() => setOverlay("test")} disabled={cadence.steps.length === 0}>
            Test call
          </Button>
          {cadence.version === null || cadence.unpublishedChanges ? (
            <Button weight="primary" onClick={() => setOverlay("publish")}>
              Publish
            </Button>
          ) : null}
          <Menu
            trigger={
              <Button aria-label="More to do" className="px-2">
                <Ellipsis className="size-4" aria-hidden />
              </Button>
            }
          >
            <MenuItem isDisabled={cadence.version === null} onSelect={() => void runNow()}>
              Run now
            </MenuItem>
            <MenuItem onSelect={() => void clone(cadence)}>Clone</MenuItem>
          </Menu>
          {overlay === "publish" ? <PublishDialog tagged={tagged} onClose={() => setOverlay("none")} /> : null}
          {overlay === "test" ? <TestCallDialog cadence={cadence} onClose={() => setOverlay("none")} /> : null}
        </>
      ) : null}
    </>
  );
}

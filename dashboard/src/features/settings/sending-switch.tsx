import type { Overview } from "../../../../core/contract/overview.ts";
import { useRead } from "../../api/queries.ts";
import { Badge } from "../../ui/badge.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { Card } from "../../ui/page.tsx";
import { useSaveTenant } from "./use-save-tenant.ts";
import type { WorkspacePartProps } from "./workspace-screen.tsx";

/** The big red switch. */
export function SendingSwitch({ tenant: { enabled }, mayWrite }: WorkspacePartProps) {
  const live = useRead<Overview>("/v1/overview", {}, { mode: "live" });
  const { save } = useSaveTenant();
  const active = live.data?.enrollments.active;
  return (
    <Card
      title="Sending"
      actions={enabled ? <Badge tone="good">On</Badge> : <Badge tone="bad">Off: nothing is sent</Badge>}
    >
      <div className="flex flex-wrap items-center justify-between gap-4">
        <p className="max-w-xl text-sm text-quiet">
          {enabled
            ? "Switch everything off at once when something goes wrong. Nothing is lost by it."
            : "Every message is held back, in live and in test mode. Mail that comes in is still read and still counts."}
        </p>
        {!mayWrite ? null : enabled ? (
          <Confirm
            label="Switch sending off"
            title="Hold back every message?"
            yes="Switch it off"
            onYes={() => save({ enabled: false })}
          >
            <ul className="list-disc space-y-1 pl-5">
              <li>
                No message of this workspace leaves from now on, live or test
                {active === undefined ? "" : `: ${active.toLocaleString("en")} live enrollments wait`}.
              </li>
              <li>No endpoint is asked for a new draft. What is being handed to a mail server now still goes.</li>
              <li>Replies, bounces and unsubscribes still come in and still count.</li>
              <li>When it is on again, what has become due goes out by its windows and caps, not all at once.</li>
            </ul>
          </Confirm>
        ) : (
          <Confirm
            label="Switch sending on"
            weight="primary"
            title="Send again?"
            yes="Switch it on"
            onYes={() => save({ enabled: true })}
          >
            What has become due meanwhile goes out from now on, by its sending windows and its mailboxes' caps
            {active === undefined ? "" : `. ${active.toLocaleString("en")} live enrollments wait for it`}.
          </Confirm>
        )}
      </div>
    </Card>
  );
}

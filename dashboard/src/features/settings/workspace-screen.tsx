import type { TenantAccount } from "../../../../core/contract/tenant.ts";
import { useRead } from "../../api/queries.ts";
import { useMay } from "../../shell/use-me.ts";
import { Read } from "../../ui/read.tsx";
import { BlackoutSettings } from "./blackout-settings.tsx";
import { FrequencySettings } from "./frequency-settings.tsx";
import { NameSettings } from "./name-settings.tsx";
import { RetentionSettings } from "./retention-settings.tsx";
import { SendingSwitch } from "./sending-switch.tsx";
import { SettingsPage } from "./settings-page.tsx";

/** What each part of the workspace's settings is given. */
export interface WorkspacePartProps {
  readonly tenant: TenantAccount;
  readonly mayWrite: boolean;
}

/** The workspace's own settings. They hold for live and test mode alike. */
export function WorkspaceScreen() {
  const tenant = useRead<TenantAccount>("/v1/tenant", {}, { mode: "live" });
  const mayWrite = useMay("tenant:write");
  return (
    <SettingsPage
      lead={mayWrite ? "These hold for live and test mode alike." : "Your role sees these, and doesn't change them."}
    >
      <Read of={tenant} lines={10}>
        {(found) => (
          <div className="max-w-3xl space-y-5">
            <SendingSwitch tenant={found} mayWrite={mayWrite} />
            <NameSettings tenant={found} mayWrite={mayWrite} />
            <BlackoutSettings tenant={found} mayWrite={mayWrite} />
            <FrequencySettings tenant={found} mayWrite={mayWrite} />
            <RetentionSettings tenant={found} mayWrite={mayWrite} />
          </div>
        )}
      </Read>
    </SettingsPage>
  );
}

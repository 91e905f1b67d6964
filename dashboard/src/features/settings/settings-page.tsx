import type { ReactNode } from "react";
import { Page } from "../../ui/page.tsx";
import { TabLink, TabLinks } from "../../ui/tabs.tsx";

interface SettingsPageProps {
  readonly lead?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** What the parts of the settings have in common. */
export function SettingsPage({ lead, actions, children }: SettingsPageProps) {
  return (
    <Page title="Settings" lead={lead} actions={actions}>
      <TabLinks label="Settings">
        <TabLink to="/settings">Workspace</TabLink>
        <TabLink to="/settings/members">Members</TabLink>
        <TabLink to="/settings/keys">Keys</TabLink>
        <TabLink to="/settings/usage">Usage</TabLink>
        <TabLink to="/settings/audit">Audit log</TabLink>
      </TabLinks>
      {children}
    </Page>
  );
}

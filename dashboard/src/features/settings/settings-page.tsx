import { useRouterState } from "@tanstack/react-router";
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
  const path = useRouterState({ select: ({ location }) => location.pathname });
  return (
    <Page title="Settings" part={PARTS.find(({ to }) => to === path)?.name} lead={lead} actions={actions}>
      <TabLinks label="Settings">
        {PARTS.map(({ to, name }) => (
          <TabLink key={to} to={to}>
            {name}
          </TabLink>
        ))}
      </TabLinks>
      {children}
    </Page>
  );
}

const PARTS = [
  { to: "/settings", name: "Workspace" },
  { to: "/settings/members", name: "Members" },
  { to: "/settings/keys", name: "Keys" },
  { to: "/settings/usage", name: "Usage" },
  { to: "/settings/audit", name: "Audit log" },
] as const;

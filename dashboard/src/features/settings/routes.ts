import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "../../shell/root-route.tsx";
import { searchOf } from "../../ui/search-of.ts";

const workspace = createRoute({
  getParentRoute: () => rootRoute,
  path: "/settings",
  component: lazyRouteComponent(() => import("./workspace-screen.tsx"), "WorkspaceScreen"),
});

const members = createRoute({
  getParentRoute: () => rootRoute,
  path: "/settings/members",
  component: lazyRouteComponent(() => import("./members-screen.tsx"), "MembersScreen"),
});

const keys = createRoute({
  getParentRoute: () => rootRoute,
  path: "/settings/keys",
  component: lazyRouteComponent(() => import("./keys-screen.tsx"), "KeysScreen"),
});

const usage = createRoute({
  getParentRoute: () => rootRoute,
  path: "/settings/usage",
  component: lazyRouteComponent(() => import("./usage-screen.tsx"), "UsageScreen"),
});

const audit = createRoute({
  getParentRoute: () => rootRoute,
  path: "/settings/audit",
  validateSearch: searchOf("actor", "action", "targetKind", "targetId", "since", "until"),
  component: lazyRouteComponent(() => import("./audit-screen.tsx"), "AuditScreen"),
});

export const settingsRoutes = [workspace, members, keys, usage, audit] as const;

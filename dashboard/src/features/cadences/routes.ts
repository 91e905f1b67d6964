import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "../../shell/root-route.tsx";
import { searchOf } from "../../ui/search-of.ts";

const list = createRoute({
  getParentRoute: () => rootRoute,
  path: "/cadences",
  component: lazyRouteComponent(() => import("./cadence-list-screen.tsx"), "CadenceListScreen"),
});

const create = createRoute({
  getParentRoute: () => rootRoute,
  path: "/cadences/new",
  component: lazyRouteComponent(() => import("./new-cadence-screen.tsx"), "NewCadenceScreen"),
});

const one = createRoute({
  getParentRoute: () => rootRoute,
  path: "/cadences/$cadenceId",
  validateSearch: searchOf("version"),
  component: lazyRouteComponent(() => import("./cadence-screen.tsx"), "CadenceScreen"),
});

const edit = createRoute({
  getParentRoute: () => rootRoute,
  path: "/cadences/$cadenceId/edit",
  validateSearch: searchOf("step"),
  component: lazyRouteComponent(() => import("./editor-screen.tsx"), "EditorScreen"),
});

const versions = createRoute({
  getParentRoute: () => rootRoute,
  path: "/cadences/$cadenceId/versions",
  validateSearch: searchOf("from", "to"),
  component: lazyRouteComponent(() => import("./versions-screen.tsx"), "VersionsScreen"),
});

const settings = createRoute({
  getParentRoute: () => rootRoute,
  path: "/cadences/$cadenceId/settings",
  component: lazyRouteComponent(() => import("./settings-screen.tsx"), "SettingsScreen"),
});

export const cadenceRoutes = [list, create, one, edit, versions, settings] as const;

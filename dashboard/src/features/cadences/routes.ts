import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "../../shell/root-route.tsx";

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
  component: lazyRouteComponent(() => import("./cadence-screen.tsx"), "CadenceScreen"),
});

const edit = createRoute({
  getParentRoute: () => rootRoute,
  path: "/cadences/$cadenceId/edit",
  component: lazyRouteComponent(() => import("./editor-screen.tsx"), "EditorScreen"),
});

const versions = createRoute({
  getParentRoute: () => rootRoute,
  path: "/cadences/$cadenceId/versions",
  component: lazyRouteComponent(() => import("./versions-screen.tsx"), "VersionsScreen"),
});

export const cadenceRoutes = [list, create, one, edit, versions] as const;

import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "../../shell/root-route.tsx";

const list = createRoute({
  getParentRoute: () => rootRoute,
  path: "/log",
  component: lazyRouteComponent(() => import("./log-screen.tsx"), "LogScreen"),
});

const one = createRoute({
  getParentRoute: () => rootRoute,
  path: "/log/$entryId",
  component: lazyRouteComponent(() => import("./log-entry-screen.tsx"), "LogEntryScreen"),
});

export const logRoutes = [list, one] as const;

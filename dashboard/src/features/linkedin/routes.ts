import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "../../shell/root-route.tsx";

const list = createRoute({
  getParentRoute: () => rootRoute,
  path: "/linkedin",
  component: lazyRouteComponent(() => import("./account-list-screen.tsx"), "AccountListScreen"),
});

const one = createRoute({
  getParentRoute: () => rootRoute,
  path: "/linkedin/$accountId",
  component: lazyRouteComponent(() => import("./account-screen.tsx"), "AccountScreen"),
});

export const linkedinRoutes = [list, one] as const;

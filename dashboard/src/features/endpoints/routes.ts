import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "../../shell/root-route.tsx";
import { searchOf } from "../../ui/search-of.ts";

const list = createRoute({
  getParentRoute: () => rootRoute,
  path: "/endpoints",
  component: lazyRouteComponent(() => import("./endpoint-list-screen.tsx"), "EndpointListScreen"),
});

const one = createRoute({
  getParentRoute: () => rootRoute,
  path: "/endpoints/$endpointId",
  validateSearch: searchOf("hours"),
  component: lazyRouteComponent(() => import("./endpoint-screen.tsx"), "EndpointScreen"),
});

export const endpointRoutes = [list, one] as const;

import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "../../shell/root-route.tsx";
import { searchOf } from "../../ui/search-of.ts";

const list = createRoute({
  getParentRoute: () => rootRoute,
  path: "/sandbox",
  validateSearch: searchOf("enrollmentId"),
  component: lazyRouteComponent(() => import("./sandbox-screen.tsx"), "SandboxScreen"),
});

const one = createRoute({
  getParentRoute: () => rootRoute,
  path: "/sandbox/$sendKey",
  validateSearch: searchOf("part"),
  component: lazyRouteComponent(() => import("./sandbox-message-screen.tsx"), "SandboxMessageScreen"),
});

export const sandboxRoutes = [list, one] as const;

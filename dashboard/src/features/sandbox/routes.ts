import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "../../shell/root-route.tsx";

const list = createRoute({
  getParentRoute: () => rootRoute,
  path: "/sandbox",
  component: lazyRouteComponent(() => import("./sandbox-screen.tsx"), "SandboxScreen"),
});

const one = createRoute({
  getParentRoute: () => rootRoute,
  path: "/sandbox/$sendKey",
  component: lazyRouteComponent(() => import("./sandbox-message-screen.tsx"), "SandboxMessageScreen"),
});

export const sandboxRoutes = [list, one] as const;

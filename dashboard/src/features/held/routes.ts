import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "../../shell/root-route.tsx";

const held = createRoute({
  getParentRoute: () => rootRoute,
  path: "/held",
  component: lazyRouteComponent(() => import("./held-screen.tsx"), "HeldScreen"),
});

export const heldRoutes = [held] as const;

import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "../../shell/root-route.tsx";
import { searchOf } from "../../ui/search-of.ts";

const held = createRoute({
  getParentRoute: () => rootRoute,
  path: "/held",
  validateSearch: searchOf("chosen"),
  component: lazyRouteComponent(() => import("./held-screen.tsx"), "HeldScreen"),
});

export const heldRoutes = [held] as const;

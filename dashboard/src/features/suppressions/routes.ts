import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "../../shell/root-route.tsx";

const list = createRoute({
  getParentRoute: () => rootRoute,
  path: "/suppressions",
  component: lazyRouteComponent(() => import("./suppressions-screen.tsx"), "SuppressionsScreen"),
});

export const suppressionRoutes = [list] as const;

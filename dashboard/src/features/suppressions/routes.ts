import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "../../shell/root-route.tsx";
import { searchOf } from "../../ui/search-of.ts";

const list = createRoute({
  getParentRoute: () => rootRoute,
  path: "/suppressions",
  validateSearch: searchOf("search", "reason"),
  component: lazyRouteComponent(() => import("./suppressions-screen.tsx"), "SuppressionsScreen"),
});

export const suppressionRoutes = [list] as const;

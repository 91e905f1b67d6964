import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "../../shell/root-route.tsx";
import { searchOf } from "../../ui/search-of.ts";

const list = createRoute({
  getParentRoute: () => rootRoute,
  path: "/enrollments",
  validateSearch: searchOf("search", "state", "cadenceId", "held", "exitReason"),
  component: lazyRouteComponent(() => import("./enrollment-list-screen.tsx"), "EnrollmentListScreen"),
});

const add = createRoute({
  getParentRoute: () => rootRoute,
  path: "/enrollments/add",
  validateSearch: searchOf("cadenceId", "from"),
  component: lazyRouteComponent(() => import("./add-leads-screen.tsx"), "AddLeadsScreen"),
});

const one = createRoute({
  getParentRoute: () => rootRoute,
  path: "/enrollments/$enrollmentId",
  validateSearch: searchOf("part"),
  component: lazyRouteComponent(() => import("./enrollment-screen.tsx"), "EnrollmentScreen"),
});

export const enrollmentRoutes = [list, add, one] as const;

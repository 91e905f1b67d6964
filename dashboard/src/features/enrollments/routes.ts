import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "../../shell/root-route.tsx";

const list = createRoute({
  getParentRoute: () => rootRoute,
  path: "/enrollments",
  component: lazyRouteComponent(() => import("./enrollment-list-screen.tsx"), "EnrollmentListScreen"),
});

const add = createRoute({
  getParentRoute: () => rootRoute,
  path: "/enrollments/add",
  component: lazyRouteComponent(() => import("./add-leads-screen.tsx"), "AddLeadsScreen"),
});

const one = createRoute({
  getParentRoute: () => rootRoute,
  path: "/enrollments/$enrollmentId",
  component: lazyRouteComponent(() => import("./enrollment-screen.tsx"), "EnrollmentScreen"),
});

export const enrollmentRoutes = [list, add, one] as const;

import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "../../shell/root-route.tsx";
import { searchOf } from "../../ui/search-of.ts";

const tasks = createRoute({
  getParentRoute: () => rootRoute,
  path: "/tasks",
  validateSearch: searchOf("chosen", "kind", "cadenceId", "accountId", "overdue"),
  component: lazyRouteComponent(() => import("./tasks-screen.tsx"), "TasksScreen"),
});

export const taskRoutes = [tasks] as const;

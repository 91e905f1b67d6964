import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "../../shell/root-route.tsx";
import { searchOf } from "../../ui/search-of.ts";
import { FILTERS } from "./log-query.ts";

const list = createRoute({
  getParentRoute: () => rootRoute,
  path: "/log",
  validateSearch: searchOf(...FILTERS, "tail"),
  component: lazyRouteComponent(() => import("./log-screen.tsx"), "LogScreen"),
});

/** The filters come along, so that one can go on to the next line of the list, and back to it. */
const one = createRoute({
  getParentRoute: () => rootRoute,
  path: "/log/$entryId",
  validateSearch: searchOf(...FILTERS, "tail"),
  component: lazyRouteComponent(() => import("./log-entry-screen.tsx"), "LogEntryScreen"),
});

export const logRoutes = [list, one] as const;

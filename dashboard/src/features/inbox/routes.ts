import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "../../shell/root-route.tsx";
import { searchOf } from "../../ui/search-of.ts";

/** List and conversation stand side by side, and the list stays where it is while one goes from one to the next. */
const panes = createRoute({
  getParentRoute: () => rootRoute,
  path: "/inbox",
  validateSearch: searchOf("search", "cadenceId", "kind", "show"),
  component: lazyRouteComponent(() => import("./inbox-screen.tsx"), "InboxScreen"),
});

const none = createRoute({
  getParentRoute: () => panes,
  path: "/",
  component: lazyRouteComponent(() => import("./no-thread.tsx"), "NoThread"),
});

const one = createRoute({
  getParentRoute: () => panes,
  path: "$enrollmentId",
  component: lazyRouteComponent(() => import("./thread-screen.tsx"), "ThreadScreen"),
});

const unmatched = createRoute({
  getParentRoute: () => rootRoute,
  path: "/inbox/unmatched",
  component: lazyRouteComponent(() => import("./unmatched-screen.tsx"), "UnmatchedScreen"),
});

const mail = createRoute({
  getParentRoute: () => rootRoute,
  path: "/inbox/mails/$inboundId",
  component: lazyRouteComponent(() => import("./inbound-mail-screen.tsx"), "InboundMailScreen"),
});

export const inboxRoutes = [panes.addChildren([none, one]), unmatched, mail] as const;

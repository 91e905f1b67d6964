import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "../../shell/root-route.tsx";

const list = createRoute({
  getParentRoute: () => rootRoute,
  path: "/inbox",
  component: lazyRouteComponent(() => import("./inbox-screen.tsx"), "InboxScreen"),
});

const unmatched = createRoute({
  getParentRoute: () => rootRoute,
  path: "/inbox/unmatched",
  component: lazyRouteComponent(() => import("./unmatched-screen.tsx"), "UnmatchedScreen"),
});

const one = createRoute({
  getParentRoute: () => rootRoute,
  path: "/inbox/$enrollmentId",
  component: lazyRouteComponent(() => import("./thread-screen.tsx"), "ThreadScreen"),
});

const mail = createRoute({
  getParentRoute: () => rootRoute,
  path: "/inbox/mails/$inboundId",
  component: lazyRouteComponent(() => import("./inbound-mail-screen.tsx"), "InboundMailScreen"),
});

export const inboxRoutes = [list, unmatched, one, mail] as const;

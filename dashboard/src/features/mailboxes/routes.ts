import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "../../shell/root-route.tsx";

const list = createRoute({
  getParentRoute: () => rootRoute,
  path: "/mailboxes",
  component: lazyRouteComponent(() => import("./mailbox-list-screen.tsx"), "MailboxListScreen"),
});

const one = createRoute({
  getParentRoute: () => rootRoute,
  path: "/mailboxes/$mailboxId",
  component: lazyRouteComponent(() => import("./mailbox-screen.tsx"), "MailboxScreen"),
});

export const mailboxRoutes = [list, one] as const;

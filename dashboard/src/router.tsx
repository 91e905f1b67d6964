import { createRouter } from "@tanstack/react-router";
import { cadenceRoutes } from "./features/cadences/routes.ts";
import { endpointRoutes } from "./features/endpoints/routes.ts";
import { enrollmentRoutes } from "./features/enrollments/routes.ts";
import { heldRoutes } from "./features/held/routes.ts";
import { homeRoutes } from "./features/home/routes.ts";
import { inboxRoutes } from "./features/inbox/routes.ts";
import { linkedinRoutes } from "./features/linkedin/routes.ts";
import { logRoutes } from "./features/log/routes.ts";
import { mailboxRoutes } from "./features/mailboxes/routes.ts";
import { sandboxRoutes } from "./features/sandbox/routes.ts";
import { settingsRoutes } from "./features/settings/routes.ts";
import { suppressionRoutes } from "./features/suppressions/routes.ts";
import { taskRoutes } from "./features/tasks/routes.ts";
import { rootRoute } from "./shell/root-route.tsx";

/** Every screen at its address. Each feature brings its own; its code is fetched when somebody is about to go there. */
export const router = createRouter({
  routeTree: rootRoute.addChildren([
    ...homeRoutes,
    ...cadenceRoutes,
    ...enrollmentRoutes,
    ...logRoutes,
    ...heldRoutes,
    ...taskRoutes,
    ...inboxRoutes,
    ...sandboxRoutes,
    ...endpointRoutes,
    ...mailboxRoutes,
    ...linkedinRoutes,
    ...suppressionRoutes,
    ...settingsRoutes,
  ]),
  defaultPreload: "intent",
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}

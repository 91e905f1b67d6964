import { OpenAPIHono } from "@hono/zod-openapi";
import type { Api, ApiEnv } from "./api.ts";
import { keepAudit } from "./audit/keep-audit.ts";
import { readActs } from "./audit/read-acts.ts";
import { readAccess } from "./auth/access.ts";
import { authenticate } from "./auth/authenticate.ts";
import { authorize } from "./auth/authorize.ts";
import { ownOriginOnly } from "./auth/own-origin.ts";
import { limitBody } from "./body-limit.ts";
import { registerDeliveryEvents } from "./delivery-events/routes.ts";
import { sayError } from "./errors.ts";
import { replayRepeats } from "./idempotency/replay-repeats.ts";
import { guardApi, guardCallbacks, guardStrangers } from "./limits/guard-doors.ts";
import { limitKnownCaller, limitNewCaller } from "./limits/limit-rate.ts";
import { registerLinkedinHooks } from "./linkedin/hooks.ts";
import { registerPeople } from "./people/routes.ts";
import { nameRequest } from "./request-id.ts";
import { registerRoutes } from "./routes/index.ts";
import { sayUnknownRoute } from "./unknown-route.ts";
import { registerUnsubscribe } from "./unsubscribe/routes.ts";
import { sayInvalid } from "./validation.ts";

/**
 * The HTTP front door. Plain Node can import it too (tools/openapi.ts), so nothing here may import a `cloudflare:` module.
 */
export const app: Api = new OpenAPIHono<ApiEnv>({ defaultHook: sayInvalid });

app.use(nameRequest);
app.use(
  "/v1/*",
  guardApi(table),
  limitKnownCaller,
  authenticate(table),
  limitNewCaller,
  authorize(table),
  limitBody,
  replayRepeats,
  keepAudit(actTable),
);
app.use("/auth/*", guardStrangers, limitBody, ownOriginOnly);
app.use("/u/*", guardStrangers, limitBody);
app.use("/delivery-events/*", guardCallbacks, limitBody);
app.use("/linkedin-hooks/*", guardCallbacks, limitBody);
registerRoutes(app);
registerUnsubscribe(app);
registerDeliveryEvents(app);
registerLinkedinHooks(app);
registerPeople(app);
const access = readAccess(app);
const acts = readActs(app);
app.notFound((c) => sayUnknownRoute(c, app.routes));
app.onError(sayError);

/** Read once all routes are there, and asked for at each request. */
function table() {
  return access;
}

function actTable() {
  return acts;
}

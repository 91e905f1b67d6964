import { createRoute } from "@hono/zod-openapi";
import { findCadence } from "../../../adapters/d1/cadences.ts";
import { Accepted, NoFields } from "../../../core/contract/common.ts";
import type { Api } from "../../api.ts";
import { emptyBodyIsNone } from "../../empty-body.ts";
import { bodyRefusals, idempotencyHeader, json, needs, no, optionalBody } from "../../openapi/parts.ts";
import { notFound } from "../../problem.ts";
import { wakeLater } from "../../wake-later.ts";
import { cadenceId } from "./parameter.ts";

const route = createRoute({
  method: "post",
  path: "/v1/cadences/{id}/run-now",
  operationId: "runCadenceNow",
  tags: ["Cadences"],
  security: needs("cadences:write"),
  summary: "Look at all enrollments now",
  description:
    "Wakes the cadence's active enrollments at once instead of when they would look next. Gates and delays still hold: nothing is sent that isn't due.",
  middleware: emptyBodyIsNone,
  request: { params: cadenceId, headers: idempotencyHeader, body: optionalBody(NoFields) },
  responses: {
    ...bodyRefusals,
    202: json(Accepted, "They are being woken."),
    404: no("not_found"),
    409: no("idempotency_in_progress"),
  },
});

/** POST /v1/cadences/:id/run-now */
export function runCadenceNow(app: Api): void {
  app.openapi(route, async (c) => {
    const tenant = c.get("tenant");
    const { id } = c.req.valid("param");
    if ((await findCadence(tenant, id)) === null) return notFound(c);
    await wakeLater(c.env, tenant, { cadenceId: id }, "run_now");
    c.set("change", { id, before: {}, after: {} });
    return c.json({ ok: true as const }, 202);
  });
}

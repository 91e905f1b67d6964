import { createRoute } from "@hono/zod-openapi";
import { changeCadence, findCadence } from "../../../adapters/d1/cadences.ts";
import { Cadence, ReplaceSteps } from "../../../core/contract/cadence.ts";
import type { Api } from "../../api.ts";
import { etagOf, ifMatchHeader, isConditional, matches, stale, withEtag } from "../../etag.ts";
import { body, bodyRefusals, json, needs, no } from "../../openapi/parts.ts";
import { notFound } from "../../problem.ts";
import { invalid } from "../../validation.ts";
import { faultsOf } from "./check.ts";
import { cadenceId } from "./parameter.ts";
import { faultOfChange, publishAfterChange } from "./publish-draft.ts";
import { showCadence } from "./show.ts";

const description =
  "Replaces all steps of the draft. It is published at once only where `autoPublish` is true (cadences made with `webhookUrl`). Enrollments stay on the version they started on. PUT and PATCH do the same. " +
  "No steps at all are refused once something is published.";

/** MyAgentMail's documents show both methods. */
const routes = (["put", "patch"] as const).map((method) =>
  createRoute({
    method,
    path: "/v1/cadences/{id}/steps",
    operationId: method === "put" ? "replaceSteps" : "patchSteps",
    tags: ["Cadences"],
    security: needs("cadences:write"),
    summary: "Replace the steps",
    description,
    request: { params: cadenceId, headers: ifMatchHeader, body: body(ReplaceSteps) },
    responses: {
      ...bodyRefusals,
      200: withEtag(json(Cadence, "The cadence as it is now.")),
      404: no("not_found"),
      412: no("precondition_failed"),
    },
  }),
);

/** PUT and PATCH /v1/cadences/:id/steps */
export function replaceSteps(app: Api): void {
  for (const route of routes) {
    app.openapi(route, async (c) => {
      const tenant = c.get("tenant");
      const { id } = c.req.valid("param");
      const { steps } = c.req.valid("json");
      const before = await findCadence(tenant, id);
      if (before === null) return notFound(c);
      if (!matches(c, before)) return stale(c);
      const fault = faultOfChange(before, { steps });
      const faults = [...(fault === null ? [] : [fault]), ...(await faultsOf(c.env, tenant, { steps }))];
      if (faults.length > 0) return invalid(c, faults);
      const now = Date.now();
      const changed = await changeCadence(tenant, id, { steps }, now, isConditional(c) ? before.updatedAt : null);
      if (changed === null) return isConditional(c) ? stale(c) : notFound(c);
      const was = showCadence(changed.before);
      c.set("change", { id, before: was, after: showCadence(changed.after) });
      const kept = await publishAfterChange(tenant, changed.after, now);
      const shown = showCadence(kept);
      c.set("change", { id, before: was, after: shown });
      return c.json(shown, 200, { ETag: etagOf(kept) });
    });
  }
}

import { createRoute } from "@hono/zod-openapi";
import { findCadence } from "../../../adapters/d1/cadences.ts";
import { Cadence } from "../../../core/contract/cadence.ts";
import { NoFields } from "../../../core/contract/common.ts";
import type { Api } from "../../api.ts";
import { emptyBodyIsNone } from "../../empty-body.ts";
import { etagOf, ifMatchHeader, matches, stale, withEtag } from "../../etag.ts";
import { bodyRefusals, idempotencyHeader, json, needs, no, optionalBody } from "../../openapi/parts.ts";
import { notFound, problem } from "../../problem.ts";
import { invalid } from "../../validation.ts";
import { cadenceId } from "./parameter.ts";
import { obstacleByRequest, publishDraft } from "./publish-draft.ts";
import { showCadence } from "./show.ts";

const route = createRoute({
  method: "post",
  path: "/v1/cadences/{id}/publish",
  operationId: "publishCadence",
  tags: ["Cadences"],
  security: needs("cadences:write"),
  summary: "Publish the draft",
  description:
    "Freezes the draft as the next version, which new enrollments start on. A draft that is published already stays the version it is.",
  middleware: emptyBodyIsNone,
  request: { params: cadenceId, headers: idempotencyHeader.extend(ifMatchHeader.shape), body: optionalBody(NoFields) },
  responses: {
    ...bodyRefusals,
    200: withEtag(json(Cadence, "Published.")),
    404: no("not_found"),
    409: no("conflict", "idempotency_in_progress"),
    412: no("precondition_failed"),
  },
});

/** POST /v1/cadences/:id/publish */
export function publishCadence(app: Api): void {
  app.openapi(route, async (c) => {
    const tenant = c.get("tenant");
    const cadence = await findCadence(tenant, c.req.valid("param").id);
    if (cadence === null) return notFound(c);
    if (!matches(c, cadence)) return stale(c);
    const publishing = await publishDraft(tenant, cadence, await obstacleByRequest(tenant, cadence), Date.now());
    if (publishing.kind === "published") {
      const shown = showCadence(publishing.cadence);
      c.set("change", { id: cadence.id, before: showCadence(cadence), after: shown });
      return c.json(shown, 200, { ETag: etagOf(publishing.cadence) });
    }
    if (publishing.kind === "changed")
      return problem(
        c,
        "conflict",
        "Somebody changed this cadence in the same moment. Look at it again and publish once more.",
      );
    return invalid(c, [publishing.obstacle]);
  });
}

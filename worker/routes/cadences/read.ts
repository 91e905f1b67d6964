import { createRoute } from "@hono/zod-openapi";
import { findCadence } from "../../../adapters/d1/cadences.ts";
import { Cadence } from "../../../core/contract/cadence.ts";
import type { Api } from "../../api.ts";
import { etagOf, withEtag } from "../../etag.ts";
import { json, needs, no, refusals } from "../../openapi/parts.ts";
import { notFound } from "../../problem.ts";
import { cadenceId } from "./parameter.ts";
import { showCadence } from "./show.ts";

const route = createRoute({
  method: "get",
  path: "/v1/cadences/{id}",
  operationId: "getCadence",
  tags: ["Cadences"],
  security: needs("cadences:read"),
  summary: "Read a cadence",
  description:
    "Steps and settings are those of the draft; `version` says what is published, and `GET …/versions` shows it.",
  request: { params: cadenceId },
  responses: { ...refusals, 200: withEtag(json(Cadence, "The cadence.")), 404: no("not_found") },
});

/** GET /v1/cadences/:id */
export function getCadence(app: Api): void {
  app.openapi(route, async (c) => {
    const cadence = await findCadence(c.get("tenant"), c.req.valid("param").id);
    return cadence === null ? notFound(c) : c.json(showCadence(cadence), 200, { ETag: etagOf(cadence) });
  });
}

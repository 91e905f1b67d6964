import { createRoute } from "@hono/zod-openapi";
import { findJournalRow } from "../../../adapters/d1/journal.ts";
import { maskBodies } from "../../../adapters/r2/mask-bodies.ts";
import { readExchange } from "../../../adapters/r2/read-bodies.ts";
import { LogEntryWithBodies } from "../../../core/contract/log.ts";
import { readLogId } from "../../../core/log-id.ts";
import type { Api } from "../../api.ts";
import { json, needs, no, refusals } from "../../openapi/parts.ts";
import { notFound } from "../../problem.ts";
import { logEntryId } from "./parameter.ts";
import { showLogEntry } from "./show.ts";

const route = createRoute({
  method: "get",
  path: "/v1/log/{id}",
  operationId: "getLogEntry",
  tags: ["Log"],
  security: needs("log:read"),
  summary: "One line of the log, with the exact bytes",
  description:
    "Request and response as they crossed the wire. Completion tokens are masked, also where the endpoint sent them back in its headers or in another encoding; the hashes are over the bytes before that.",
  request: { params: logEntryId },
  responses: { ...refusals, 200: json(LogEntryWithBodies, "The line."), 404: no("not_found") },
});

/** GET /v1/log/:id */
export function getLogEntry(app: Api): void {
  app.openapi(route, async (c) => {
    const place = readLogId(c.req.valid("param").id);
    const row = place === null ? null : await findJournalRow(c.get("tenant"), place.enrollmentId, place.entry);
    if (row === null) return notFound(c);
    // A message's bytes are in its evidence.
    const bodies =
      row.bodyKey === null || row.kind !== "exchange" ? null : await readExchange(c.env.BODIES, row.bodyKey);
    return c.json({ ...showLogEntry(row), bodies: bodies === null ? null : maskBodies(bodies) }, 200);
  });
}

import { createRoute, z } from "@hono/zod-openapi";
import { listJournal } from "../../../adapters/d1/journal.ts";
import { TimestampInput } from "../../../core/contract/common.ts";
import { LogKind, LogPage } from "../../../core/contract/log.ts";
import { pageQuery } from "../../../core/contract/paging.ts";
import type { Api } from "../../api.ts";
import { json, no, refusals } from "../../openapi/parts.ts";
import { readPage, toPage } from "../../paging.ts";
import { problem } from "../../problem.ts";
import { showLogEntry } from "./show.ts";

const query = z
  .strictObject({
    ...pageQuery,
    kind: LogKind.default("exchange").meta({ description: "`message` and `note` need enrollmentId." }),
    endpointId: z.string().max(64).optional(),
    cadenceId: z.string().max(64).optional(),
    enrollmentId: z.string().max(64).optional(),
    subjectId: z
      .string()
      .max(100)
      .optional()
      .meta({ description: "A draft's or an event's id: all attempts of one request." }),
    outcome: z.string().max(64).optional(),
    since: TimestampInput.optional(),
    until: TimestampInput.optional(),
  })
  // Only exchanges are indexed by tenant; of the rest one enrollment's lines are few.
  .refine(({ kind, enrollmentId }) => kind === "exchange" || enrollmentId !== undefined, {
    path: ["enrollmentId"],
    error: "is needed for messages and notes",
  });

const route = createRoute({
  method: "get",
  path: "/v1/log",
  operationId: "listLog",
  tags: ["Log"],
  summary: "The delivery log",
  description: "Every attempt of every request to your endpoints, newest first by the order in which they came in.",
  request: { query },
  responses: { ...refusals, 200: json(LogPage, "One page."), 422: no("invalid_request", "invalid_cursor") },
});

/** GET /v1/log */
export function getLog(app: Api): void {
  app.openapi(route, async (c) => {
    const { limit, cursor, since, until, ...filter } = c.req.valid("query");
    const read = readPage({ limit, cursor });
    if (!read.ok) return problem(c, "invalid_cursor", read.detail);
    const rows = await listJournal(c.get("tenant"), { ...filter, since: atMs(since), until: atMs(until) }, read.page);
    return c.json(toPage(rows, read.page, showLogEntry), 200);
  });
}

function atMs(timestamp: string | undefined): number | undefined {
  return timestamp === undefined ? undefined : Date.parse(timestamp);
}

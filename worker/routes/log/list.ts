import { createRoute, z } from "@hono/zod-openapi";
import { isPosition, listJournal, listJournalSpan, positionOf } from "../../../adapters/d1/journal.ts";
import { TimestampInput } from "../../../core/contract/common.ts";
import { LogKind, LogPage } from "../../../core/contract/log.ts";
import { pageQuery } from "../../../core/contract/paging.ts";
import type { Api } from "../../api.ts";
import { json, needs, no, refusals } from "../../openapi/parts.ts";
import { readPage, readTimePage, toPage, toTimePage } from "../../paging.ts";
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
  security: needs("log:read"),
  summary: "The delivery log",
  description:
    "Every attempt of every request to your endpoints, newest first by the order in which they came in; with `since` or `until` by their own times.",
  request: { query },
  responses: { ...refusals, 200: json(LogPage, "One page."), 422: no("invalid_request", "invalid_cursor") },
});

/** GET /v1/log */
export function getLog(app: Api): void {
  app.openapi(route, async (c) => {
    const { limit, cursor, since, until, ...filter } = c.req.valid("query");
    if (since !== undefined || until !== undefined) {
      const span = readTimePage({ limit, cursor });
      if (!span.ok) return problem(c, "invalid_cursor", span.detail);
      if (!isPosition(span.page.before)) return problem(c, "invalid_cursor", "This cursor is another list's.");
      const found = await listJournalSpan(
        c.get("tenant"),
        filter,
        { since: atMs(since), until: atMs(until) },
        span.page,
      );
      return c.json(toTimePage(found, span.page, positionOf, showLogEntry), 200);
    }
    const read = readPage({ limit, cursor });
    if (!read.ok) return problem(c, "invalid_cursor", read.detail);
    return c.json(toPage(await listJournal(c.get("tenant"), filter, read.page), read.page, showLogEntry), 200);
  });
}

function atMs(timestamp: string | undefined): number | null {
  return timestamp === undefined ? null : Date.parse(timestamp);
}

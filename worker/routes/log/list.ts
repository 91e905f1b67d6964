import { createRoute, z } from "@hono/zod-openapi";
import { isPosition, listJournal, listJournalSpan, positionOf } from "../../../adapters/d1/journal.ts";
import { LINES_SEARCHED_AT_ONCE, searchJournal } from "../../../adapters/d1/search-journal.ts";
import { TimestampInput } from "../../../core/contract/common.ts";
import { LogKind, LogPage } from "../../../core/contract/log.ts";
import { pageQuery } from "../../../core/contract/paging.ts";
import type { Api } from "../../api.ts";
import { json, needs, no, refusals } from "../../openapi/parts.ts";
import { readPage, readTimePage, toPage, toTimePage, toTimeSearchPage } from "../../paging.ts";
import { problem } from "../../problem.ts";
import { showLogEntry } from "./show.ts";

const SEARCHED_MS = 7 * 24 * 3600_000;
const LOOKED = `Without \`since\` the last 7 days are looked through. One request looks through ${LINES_SEARCHED_AT_ONCE} lines: a page may have few rows, or none, and still a \`nextCursor\`.`;

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
    outcome: z.string().max(64).optional().meta({
      description: "As an entry's own `outcome`; `failed` stands for all that are neither answered nor accepted.",
    }),
    search: z
      .string()
      .trim()
      .min(2)
      .max(100)
      .optional()
      .meta({
        description: `A part of the excerpt, URL, subject's id, reason or trace id; case doesn't matter. ${LOOKED}`,
      }),
    minMs: z.coerce
      .number()
      .int()
      .min(0)
      .max(600_000)
      .optional()
      .meta({ description: `Those that took at least so long in all. ${LOOKED}` }),
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
    const { limit, cursor, since, until, search, minMs, ...filter } = c.req.valid("query");
    const isSearch = search !== undefined || minMs !== undefined;
    if (isSearch || since !== undefined || until !== undefined) {
      const span = readTimePage({ limit, cursor });
      if (!span.ok) return problem(c, "invalid_cursor", span.detail);
      if (!isPosition(span.page.before)) return problem(c, "invalid_cursor", "This cursor is another list's.");
      if (isSearch) {
        const latest = atMs(until);
        const bounds = { since: atMs(since) ?? (latest ?? Date.now()) - SEARCHED_MS, until: latest };
        const lines = await searchJournal(c.get("tenant"), { text: search, minMs }, filter, bounds, span.page);
        return c.json(toTimeSearchPage(lines, span.page, positionOf, showLogEntry), 200);
      }
      const bounds = { since: atMs(since), until: atMs(until) };
      const found = await listJournalSpan(c.get("tenant"), filter, bounds, span.page);
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

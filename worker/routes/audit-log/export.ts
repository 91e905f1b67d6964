import { createRoute, z } from "@hono/zod-openapi";
import { type AuditFilter, type AuditRow, listActs, listActsOfSpan } from "../../../adapters/d1/audit-log.ts";
import { positionOf, type Span } from "../../../adapters/d1/journal.ts";
import type { Tenant } from "../../../adapters/d1/tenant-db.ts";
import { AuditExportQuery } from "../../../core/contract/audit.ts";
import type { Api } from "../../api.ts";
import { csvLine, streamOf } from "../../csv.ts";
import { needs, no, refusals } from "../../openapi/parts.ts";
import { showAct } from "./show.ts";
import { spanOf } from "./span.ts";

const ROWS_AT_ONCE = 500;

const route = createRoute({
  method: "get",
  path: "/v1/audit-log/export",
  operationId: "exportAuditLog",
  tags: ["Audit"],
  security: needs("audit:read"),
  summary: "The audit log as NDJSON or CSV",
  description:
    "The rows of the list, newest first, streamed, however many there are. CSV is RFC 4180 with a line of headings; `before` and `after` are JSON in it, and what a spreadsheet would take for a formula has an apostrophe before it.",
  request: { query: AuditExportQuery },
  responses: {
    200: {
      description: "The rows.",
      content: { "application/x-ndjson": { schema: z.string() }, "text/csv": { schema: z.string() } },
    },
    422: no("invalid_request"),
    ...refusals,
  },
});

/** GET /v1/audit-log/export */
export function exportAuditLog(app: Api): void {
  app.openapi(route, (c) => {
    const { since, until, format, ...filter } = c.req.valid("query");
    const pages = pagesOf(c.get("tenant"), filter, spanOf({ since, until }));
    const wanted = format ?? ((c.req.header("accept") ?? "").includes("text/csv") ? "csv" : "ndjson");
    const type = wanted === "csv" ? "text/csv; charset=utf-8; header=present" : "application/x-ndjson";
    return c.body(streamOf(wanted === "csv" ? csvOf(pages) : ndjsonOf(pages)), 200, {
      "content-type": type,
      "content-disposition": `attachment; filename="audit-log.${wanted}"`,
    });
  });
}

type Pages = AsyncGenerator<readonly AuditRow[], void>;

async function* pagesOf(tenant: Tenant, filter: AuditFilter, span: Span | null): Pages {
  let last: AuditRow | undefined;
  for (let isMore = true; isMore; ) {
    const limit = ROWS_AT_ONCE;
    const found: AuditRow[] =
      span === null
        ? await listActs(tenant, filter, { limit, before: last?.seq ?? null })
        : await listActsOfSpan(tenant, filter, span, { limit, before: last === undefined ? null : positionOf(last) });
    isMore = found.length > limit;
    const rows = found.slice(0, limit);
    if (rows.length > 0) yield rows;
    last = rows.at(-1);
  }
}

async function* ndjsonOf(pages: Pages): AsyncGenerator<string, void> {
  for await (const rows of pages) yield rows.map((row) => `${JSON.stringify(showAct(row))}\n`).join("");
}

async function* csvOf(pages: Pages): AsyncGenerator<string, void> {
  yield csvLine([
    ...["id", "at", "mode", "actorKind", "actorId", "actorLabel", "action", "outcome", "targetKind", "targetId"],
    ...["address", "userAgent", "requestId", "before", "after", "redactedAt"],
  ]);
  for await (const rows of pages) yield rows.map(toLine).join("");
}

function toLine(row: AuditRow): string {
  const { id, at, mode, actor, action, outcome, target, from, requestId, redactedAt } = showAct(row);
  return csvLine([
    ...[id, at, mode, actor.kind, actor.id, actor.label, action, outcome, target.kind, target.id],
    ...[from.address, from.userAgent, requestId, row.before, row.after, redactedAt],
  ]);
}

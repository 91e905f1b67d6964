import { createRoute, z } from "@hono/zod-openapi";
import { listSuppressions, type SuppressionRow } from "../../../adapters/d1/suppressions.ts";
import type { Tenant } from "../../../adapters/d1/tenant-db.ts";
import type { Api } from "../../api.ts";
import { csvLine, streamOf } from "../../csv.ts";
import { needs, refusals } from "../../openapi/parts.ts";

const ROWS_AT_ONCE = 1_000;

const route = createRoute({
  method: "get",
  path: "/v1/suppressions/export",
  operationId: "exportSuppressions",
  tags: ["Suppressions"],
  security: needs("suppressions:read"),
  summary: "All suppressions as CSV",
  description: "RFC 4180, with a line of headings; newest first, streamed, however many there are.",
  responses: {
    200: { description: "The list.", content: { "text/csv": { schema: z.string() } } },
    ...refusals,
  },
});

/** GET /v1/suppressions/export */
export function exportSuppressions(app: Api): void {
  app.openapi(route, (c) => {
    const body = streamOf(csvLines(c.get("tenant")));
    return c.body(body, 200, {
      "content-type": "text/csv; charset=utf-8; header=present",
      "content-disposition": 'attachment; filename="suppressions.csv"',
    });
  });
}

async function* csvLines(tenant: Tenant): AsyncGenerator<string, void> {
  yield csvLine(["value", "scope", "reason", "enrollmentId", "createdAt"]);
  for (let before: number | null = null; ; ) {
    const all = { search: undefined, reason: undefined };
    const rows: SuppressionRow[] = await listSuppressions(tenant, all, { limit: ROWS_AT_ONCE - 1, before });
    if (rows.length > 0) yield rows.map(toLine).join("");
    if (rows.length < ROWS_AT_ONCE) return;
    before = rows.at(-1)?.seq ?? null;
  }
}

function toLine({ value, scope, reason, enrollmentId, createdAt }: SuppressionRow): string {
  return csvLine([value, scope, reason, enrollmentId, new Date(createdAt).toISOString()]);
}

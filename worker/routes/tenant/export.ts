import { createRoute, z } from "@hono/zod-openapi";
import { keepActs } from "../../../adapters/d1/audit-log.ts";
import { readTenant } from "../../../adapters/d1/tenants.ts";
import { PORTABLE_FORMAT } from "../../../core/contract/portable.ts";
import packageJson from "../../../package.json" with { type: "json" };
import type { Api } from "../../api.ts";
import { actOf } from "../../audit/act-of.ts";
import { needs, no, refusals } from "../../openapi/parts.ts";
import { exportPage } from "../../portable/export-page.ts";
import { keyCheck } from "../../portable/key-check.ts";
import { readExportCursor } from "../../portable/read-export-cursor.ts";
import { problem } from "../../problem.ts";

/** Workers Free has fifty subrequests for one request; whoever pays has far more. */
const READS_DEFAULT = 40;

/** As any string: the router's types would take a name with "json" in it for JSON. */
const NDJSON: string = "application/x-ndjson";

const route = createRoute({
  method: "get",
  path: "/v1/tenant/export",
  operationId: "exportTenant",
  tags: ["Data"],
  security: needs("data:read"),
  summary: "Take everything out",
  description:
    "NDJSON, streamed: rows, the state of enrollments, and the bytes of requests and mails, of both modes; no secret. It comes in pages, each with a hash over its lines: a page without its `end` line was cut off, and is asked for again. `npx drafthook export` follows them and makes one file. Needs a live key.",
  request: {
    query: z.strictObject({
      cursor: z.string().max(2_000).optional().meta({ description: "`nextCursor` of the page before." }),
      reads: z.coerce
        .number()
        .int()
        .min(10)
        .max(900)
        .default(READS_DEFAULT)
        .meta({ description: "How many subrequests one page may take: more is faster; Workers Free allows 50." }),
    }),
  },
  responses: {
    200: { description: "One page.", content: { [NDJSON]: { schema: z.string() } } },
    ...refusals,
    403: no("forbidden", "missing_scope", "address_not_allowed"),
    422: no("invalid_request", "invalid_cursor"),
  },
});

/** GET /v1/tenant/export */
export function exportTenant(app: Api): void {
  app.openapi(route, async (c) => {
    const tenant = c.get("tenant");
    if (tenant.mode !== "live")
      return problem(c, "forbidden", "A test key sees test data only, and an export has all. Ask with a live key.");
    const { cursor, reads } = c.req.valid("query");
    const from = readExportCursor(cursor);
    if (from === null)
      return problem(c, "invalid_cursor", "Take the cursor from `nextCursor` of the page before, unchanged.");
    const now = Date.now();
    const head = {
      kind: "head",
      format: PORTABLE_FORMAT,
      installation: c.env.PUBLIC_URL,
      version: packageJson.version,
      tenantId: tenant.tenantId,
      at: new Date(now).toISOString(),
      isFrozen: (await readTenant(tenant)).enabled === 0,
      keyCheck: await keyCheck(c.env),
    } as const;
    // Who takes everything out is told of, though nothing is changed by it; once, not at each page.
    if (cursor === undefined) {
      const target = { kind: "tenant", id: tenant.tenantId };
      await keepActs(c.env.DB, [
        actOf(c, tenant, c.get("actor"), { action: "tenant.export", target, before: null, after: null }),
      ]);
    }
    const lines = exportPage(c.env, head, from, reads, now);
    const body = new ReadableStream<string>({
      pull: async (controller) => {
        const { done, value } = await lines.next();
        if (done === true) controller.close();
        else controller.enqueue(value);
      },
    }).pipeThrough(new TextEncoderStream());
    return c.body(body, 200, {
      "content-type": NDJSON,
      "content-disposition": `attachment; filename="drafthook-${tenant.tenantId}-${head.at.slice(0, 10)}.ndjson"`,
      "cache-control": "no-store",
    });
  });
}

import { createRoute } from "@hono/zod-openapi";
import { readTenant } from "../../../adapters/d1/tenants.ts";
import { Imported, ImportLines } from "../../../core/contract/import.ts";
import type { Api } from "../../api.ts";
import { body, bodyRefusals, idempotencyHeader, json, needs, no } from "../../openapi/parts.ts";
import { importLines } from "../../portable/import-lines.ts";
import { problem } from "../../problem.ts";
import { invalid } from "../../validation.ts";

const route = createRoute({
  method: "post",
  path: "/v1/tenant/import",
  operationId: "importTenant",
  tags: ["Data"],
  security: needs("data:write"),
  summary: "Take lines of an export in",
  description:
    "Lines in the order of the file, some at a time, up to 8 MiB; the same ones again change nothing. Ids stay as they are; the tenant's own becomes this one's. With `move` the tenant must be switched off here and have been in the source, and enrollments go on when it is switched on. Without, nothing goes on: what lived is ended as `copied`. Secrets don't travel: endpoints get new ones, mailboxes are off until theirs is saved. `npx drafthook import` sends a whole file. Needs a live key.",
  request: { headers: idempotencyHeader, body: body(ImportLines) },
  responses: {
    ...bodyRefusals,
    200: json(Imported, "They are here."),
    403: no("forbidden", "missing_scope", "address_not_allowed"),
    409: no("conflict", "idempotency_in_progress"),
  },
});

/** POST /v1/tenant/import */
export function importTenant(app: Api): void {
  app.openapi(route, async (c) => {
    const tenant = c.get("tenant");
    if (tenant.mode !== "live")
      return problem(c, "forbidden", "A test key reaches test data only, and an import has all. Ask with a live key.");
    if (c.env.IMPORT_TENANT !== tenant.tenantId)
      return problem(
        c,
        "forbidden",
        `What an import says is believed, history too, so the operator of the installation allows it: IMPORT_TENANT = "${tenant.tenantId}" in wrangler.toml, for as long as it takes.`,
      );
    const { head, move, lines } = c.req.valid("json");
    if (move && !head.isFrozen)
      return problem(
        c,
        "conflict",
        "The tenant was not switched off when this was exported, so both installations would send. Export it with --move.",
      );
    if (move && (await readTenant(tenant)).enabled === 1)
      return problem(
        c,
        "conflict",
        "Switch the tenant off here first (PATCH /v1/tenant, enabled: false), and on again when all is in and the secrets are set.",
      );
    // Before the first line is written: of a file that is refused in the middle, what stood before that is in.
    const after = { from: head.installation, move, lines: lines.length };
    c.set("change", { id: tenant.tenantId, before: null, after });
    const outcome = await importLines({ env: c.env, tenant, head, move }, lines);
    if (outcome.ok) {
      c.set("secretFields", ["newSecrets"]);
      return c.json(outcome.imported, 200);
    }
    const { code, fault } = outcome;
    return code === "conflict" ? problem(c, "conflict", fault.detail, { errors: [fault] }) : invalid(c, [fault]);
  });
}

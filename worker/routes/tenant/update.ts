import { createRoute } from "@hono/zod-openapi";
import { updateTenant } from "../../../adapters/d1/tenants.ts";
import type { BlackoutDates } from "../../../core/contract/sending-times.ts";
import { TenantAccount, UpdateTenant } from "../../../core/contract/tenant.ts";
import { opensWithinAYear } from "../../../core/sending-times.ts";
import type { Api } from "../../api.ts";
import { body, bodyRefusals, json, needs, no } from "../../openapi/parts.ts";
import { problem } from "../../problem.ts";
import { invalid } from "../../validation.ts";
import { wakeLater } from "../../wake-later.ts";
import { showTenant } from "./show.ts";

const route = createRoute({
  method: "patch",
  path: "/v1/tenant",
  operationId: "updateTenant",
  tags: ["Tenant"],
  security: needs("tenant:write"),
  summary: "Change the tenant",
  description:
    "`enabled: false` is the big red switch: nothing of the tenant is sent until it is true again. Needs a live key, since it touches live sending.",
  request: { body: body(UpdateTenant) },
  responses: {
    200: json(TenantAccount, "The tenant as it is now."),
    ...bodyRefusals,
    403: no("forbidden", "missing_scope", "address_not_allowed"),
  },
});

/** PATCH /v1/tenant */
export function changeTenant(app: Api): void {
  app.openapi(route, async (c) => {
    const tenant = c.get("tenant");
    if (tenant.mode !== "live")
      return problem(
        c,
        "forbidden",
        "A test key may not change the tenant, which live sending hangs on. Ask with a live key.",
      );
    const changes = c.req.valid("json");
    if (leavesNoDay(changes.blackoutDates ?? []))
      return invalid(c, [
        {
          pointer: "/blackoutDates",
          detail: "leaves no day to send for a year from now; to stop the tenant, set `enabled` to false",
        },
      ]);
    const { before, after } = await updateTenant(tenant, changes);
    const shown = showTenant(after);
    c.set("change", { id: after.id, before: showTenant(before), after: shown });
    if (changes.enabled === true || WAITED_FOR.some((name) => changes[name] !== undefined)) {
      for (const mode of ["live", "sandbox"] as const)
        await wakeLater(c.env, { tenantId: tenant.tenantId, mode }, {}, "switch_on");
    }
    return c.json(shown, 200);
  });
}

/** What waits for a time that is another one now looks again. */
const WAITED_FOR = ["timeZone", "blackoutDates", "frequencyLimits"] as const;

function leavesNoDay(blackoutDates: BlackoutDates): boolean {
  return !opensWithinAYear({ businessHoursOnly: false }, blackoutDates, "UTC", Date.now());
}

import { createRoute } from "@hono/zod-openapi";
import { findLinkedinAccount, updateLinkedinAccount } from "../../../adapters/d1/linkedin-accounts.ts";
import { readTenant } from "../../../adapters/d1/tenants.ts";
import { LinkedinAccount, UpdateLinkedinAccount } from "../../../core/contract/linkedin-account.ts";
import type { Api } from "../../api.ts";
import { body, bodyRefusals, json, needs, no } from "../../openapi/parts.ts";
import { notFound } from "../../problem.ts";
import { invalid } from "../../validation.ts";
import { wakeLater } from "../../wake-later.ts";
import { linkedinAccountId } from "./parameter.ts";
import { planChanges } from "./plan-changes.ts";
import { showLinkedinAccount } from "./show.ts";

const route = createRoute({
  method: "patch",
  path: "/v1/linkedin-accounts/{id}",
  operationId: "updateLinkedinAccount",
  tags: ["LinkedIn"],
  security: needs("linkedin:write"),
  summary: "Change a LinkedIn account",
  description:
    "Takes hold with the next act, also for enrollments in flight. `enabled: true`, other hours, another `timeZone` or another pace wakes what waited for it.",
  request: { params: linkedinAccountId, body: body(UpdateLinkedinAccount) },
  responses: {
    200: json(LinkedinAccount, "The account as it is now."),
    ...bodyRefusals,
    404: no("not_found"),
  },
});

/** PATCH /v1/linkedin-accounts/:id */
export function changeLinkedinAccount(app: Api): void {
  app.openapi(route, async (c) => {
    const wish = c.req.valid("json");
    const tenant = c.get("tenant");
    const before = await findLinkedinAccount(tenant, c.req.valid("param").id);
    if (before === null) return notFound(c);
    const now = Date.now();
    const planned = await planChanges(c.env, before, wish, now);
    if (!planned.ok) return invalid(c, planned.faults);
    const changed = await updateLinkedinAccount(tenant, before.id, planned.changes, wish.isDefault === true, now);
    if (changed === null) return notFound(c);
    const tenantZone = (await readTenant(tenant)).timeZone;
    const shown = showLinkedinAccount(changed.after, c.env.PUBLIC_URL, tenantZone);
    c.set("change", {
      id: before.id,
      before: showLinkedinAccount(changed.before, c.env.PUBLIC_URL, tenantZone),
      after: "secret" in planned.changes ? { ...shown, replaced: ["secret"] } : shown,
    });
    // Also when it was on already: so a repeat heals a request that died between the row and the job.
    if (wish.enabled === true || WAKING.some((field) => wish[field] !== undefined))
      await wakeLater(c.env, tenant, { linkedinAccountId: before.id }, "switch_on");
    return c.json(shown, 200);
  });
}

/** What enrollments may wait for besides the switch. */
const WAKING = ["timeZone", "workingHours", "invitations", "messages", "profileViewsPerDay"] as const;

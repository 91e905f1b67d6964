import { createRoute } from "@hono/zod-openapi";
import { readPlan } from "../../../adapters/d1/plan-usage.ts";
import { toTimestamp } from "../../../core/contract/common.ts";
import { Usage } from "../../../core/contract/usage.ts";
import { monthAfter, type Quota, startOfMonth } from "../../../core/quota.ts";
import type { Api } from "../../api.ts";
import { json, needs, refusals } from "../../openapi/parts.ts";

const route = createRoute({
  method: "get",
  path: "/v1/usage",
  operationId: "getUsage",
  tags: ["Tenant"],
  security: needs("tenant:read"),
  summary: "Read what the plan has left",
  description: "What was used this month of drafts, messages and enrollments, and what the plan allows.",
  responses: { 200: json(Usage, "This month."), ...refusals },
});

/** GET /v1/usage */
export function readUsage(app: Api): void {
  app.openapi(route, async (c) => {
    const { month, timeZone, drafts, messages, enrollments } = await readPlan(c.get("tenant"), Date.now());
    const resetsAt = toTimestamp(startOfMonth(monthAfter(month), timeZone));
    const usage = { drafts: shown(drafts), messages: shown(messages), enrollments: shown(enrollments) };
    return c.json({ month, resetsAt, ...usage }, 200);
  });
}

function shown({ used, limit }: Quota): Usage["drafts"] {
  return { used, quota: limit };
}

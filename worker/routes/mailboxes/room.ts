import { createRoute, z } from "@hono/zod-openapi";
import { findMailbox } from "../../../adapters/d1/mailboxes.ts";
import { paceOf } from "../../../adapters/d1/pace-of.ts";
import { readTenant } from "../../../adapters/d1/tenants.ts";
import { toTimestamp } from "../../../core/contract/common.ts";
import { ROOM_DAYS_MAX } from "../../../core/contract/limits.ts";
import { MailboxRoom } from "../../../core/contract/mailbox-pace.ts";
import { capZone } from "../../../core/pace/cap-zone.ts";
import { anyTime } from "../../../core/pace/openings.ts";
import { readOutlook } from "../../../durable-objects/ask-pace.ts";
import type { Api } from "../../api.ts";
import { json, needs, no, refusals } from "../../openapi/parts.ts";
import { notFound, problem } from "../../problem.ts";
import { mailboxId } from "./parameter.ts";

const days = z.coerce
  .number()
  .int()
  .min(1)
  .max(ROOM_DAYS_MAX)
  .default(7)
  .meta({ description: "Today and so many days in all.", example: 7 });

const route = createRoute({
  method: "get",
  path: "/v1/mailboxes/{id}/room",
  operationId: "getMailboxRoom",
  tags: ["Mailboxes"],
  security: needs("mailboxes:read"),
  summary: "See how much room a mailbox has",
  description: "How many places are taken today and on the days after it, and what may be sent on each.",
  request: { params: mailboxId, query: z.strictObject({ days }) },
  responses: {
    200: json(MailboxRoom, "Day by day, by the mailbox's `capZone`."),
    404: no("not_found"),
    422: no("invalid_request"),
    ...refusals,
  },
});

/** GET /v1/mailboxes/:id/room */
export function showMailboxRoom(app: Api): void {
  app.openapi(route, async (c) => {
    const tenant = c.get("tenant");
    const row = await findMailbox(tenant, c.req.valid("param").id);
    if (row === null) return notFound(c);
    const { timeZone } = capZone(row.timeZone, (await readTenant(tenant)).timeZone);
    const mailbox = { id: row.id, pace: paceOf(row), timeZone };
    const { days } = c.req.valid("query");
    const outlook = await readOutlook(c.env, tenant.tenantId, mailbox, anyTime(timeZone), days).catch(() => null);
    if (outlook === null) return problem(c, "unreadable", "The mailbox's count doesn't answer right now. Try again.");
    const nextPlaceAt = outlook.nextPlaceAt === null ? null : toTimestamp(outlook.nextPlaceAt);
    return c.json({ mailboxId: row.id, timeZone, nextPlaceAt, days: [...outlook.days] }, 200);
  });
}

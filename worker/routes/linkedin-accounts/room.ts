import { createRoute, z } from "@hono/zod-openapi";
import { findLinkedinAccount } from "../../../adapters/d1/linkedin-accounts.ts";
import { pacesOf } from "../../../adapters/d1/pace-of-account.ts";
import { readBlackoutDates, readTenant } from "../../../adapters/d1/tenants.ts";
import { toTimestamp } from "../../../core/contract/common.ts";
import { ROOM_DAYS_MAX } from "../../../core/contract/limits.ts";
import { LinkedinRoom } from "../../../core/contract/linkedin-pace.ts";
import { capZone } from "../../../core/pace/cap-zone.ts";
import type { Opening } from "../../../core/pace/openings.ts";
import { type Outlook, readOutlook } from "../../../durable-objects/ask-pace.ts";
import type { Api } from "../../api.ts";
import { json, needs, no, refusals } from "../../openapi/parts.ts";
import { notFound, problem } from "../../problem.ts";
import { linkedinAccountId } from "./parameter.ts";

const days = z.coerce
  .number()
  .int()
  .min(1)
  .max(ROOM_DAYS_MAX)
  .default(7)
  .meta({ description: "Today and so many days in all.", example: 7 });

const route = createRoute({
  method: "get",
  path: "/v1/linkedin-accounts/{id}/room",
  operationId: "getLinkedinRoom",
  tags: ["LinkedIn"],
  security: needs("linkedin:read"),
  summary: "See how much room a LinkedIn account has",
  description:
    "How many invitations and messages are planned today and on the days after it, and what may be done on each.",
  request: { params: linkedinAccountId, query: z.strictObject({ days }) },
  responses: {
    200: json(LinkedinRoom, "Day by day, by the account's clock, else the tenant's."),
    404: no("not_found"),
    422: no("invalid_request"),
    ...refusals,
  },
});

/** GET /v1/linkedin-accounts/:id/room */
export function showLinkedinRoom(app: Api): void {
  app.openapi(route, async (c) => {
    const tenant = c.get("tenant");
    const row = await findLinkedinAccount(tenant, c.req.valid("param").id);
    if (row === null) return notFound(c);
    const owner = await readTenant(tenant);
    const { timeZone } = capZone(row.timeZone, owner.timeZone);
    const paces = pacesOf(row);
    const opening: Opening = {
      timeZone,
      settings: { businessHoursOnly: false, sendingWindows: [...paces.workingHours] },
      tenantBlackouts: readBlackoutDates(owner.blackoutDates),
      leadCountry: null,
    };
    const look = (what: "invitations" | "messages") => {
      const account = { id: `${row.id}/${what}`, pace: paces[what], timeZone };
      return readOutlook(c.env, tenant.tenantId, account, opening, c.req.valid("query").days);
    };
    const outlooks = await Promise.all([look("invitations"), look("messages")]).catch(() => null);
    if (outlooks === null) return problem(c, "unreadable", "The account's count doesn't answer right now. Try again.");
    const [invitations, messages] = outlooks;
    return c.json(
      { linkedinAccountId: row.id, timeZone, invitations: roomOf(invitations), messages: roomOf(messages) },
      200,
    );
  });
}

function roomOf({ nextPlaceAt, days }: Outlook): LinkedinRoom["invitations"] {
  return { nextPlaceAt: nextPlaceAt === null ? null : toTimestamp(nextPlaceAt), days: [...days] };
}

import { createRoute } from "@hono/zod-openapi";
import { countAttention, countLive } from "../../../adapters/d1/attention.ts";
import { listTallies, type TallyAt } from "../../../adapters/d1/tallies.ts";
import { readTenant } from "../../../adapters/d1/tenants.ts";
import { toTimestamp } from "../../../core/contract/common.ts";
import { Overview } from "../../../core/contract/overview.ts";
import { dayIn, startOfDay } from "../../../core/schedule.ts";
import type { Api } from "../../api.ts";
import { json, needs, refusals } from "../../openapi/parts.ts";

const HOUR_MS = 3600_000;
const HOURS = 48;

const route = createRoute({
  method: "get",
  path: "/v1/overview",
  operationId: "getOverview",
  tags: ["Overview"],
  security: needs("enrollments:read"),
  summary: "What happened lately, and what waits for a person",
  description: "From the index and the counts that the log's writer keeps: some seconds late.",
  responses: { ...refusals, 200: json(Overview, "The overview.") },
});

/** GET /v1/overview */
export function getOverview(app: Api): void {
  app.openapi(route, async (c) => {
    const tenant = c.get("tenant");
    const now = Date.now();
    const { timeZone } = await readTenant(tenant);
    const today = startOfDay(dayIn(now, timeZone), timeZone);
    const yesterday = startOfDay(dayIn(today - 1, timeZone), timeZone);
    const firstHour = (Math.floor(now / HOUR_MS) - HOURS + 1) * HOUR_MS;
    const [tallies, attention, enrollments] = await Promise.all([
      listTallies(c.env.DB, tenant, Math.min(yesterday, firstHour)),
      countAttention(c.env.DB, tenant, now),
      countLive(c.env.DB, tenant),
    ]);
    const day = (from: number, until: number) => ({
      day: dayIn(from, timeZone),
      ...sumOf(tallies.filter(({ at }) => at >= from && at < until)),
    });
    return c.json(
      {
        at: toTimestamp(now),
        timeZone,
        today: day(today, Number.POSITIVE_INFINITY),
        yesterday: day(yesterday, today),
        hours: Array.from({ length: HOURS }, (_, n) => hour(tallies, firstHour + n * HOUR_MS)),
        attention,
        enrollments,
      },
      200,
    );
  });
}

function hour(tallies: readonly TallyAt[], from: number): Overview["hours"][number] {
  const { sent, replied, bounced } = sumOf(tallies.filter(({ at }) => at >= from && at < from + HOUR_MS));
  return { at: toTimestamp(from), sent, replied, bounced };
}

function sumOf(tallies: readonly TallyAt[]): Omit<Overview["today"], "day"> {
  const total = (of: (tally: TallyAt) => number) => tallies.reduce((sum, tally) => sum + of(tally), 0);
  return {
    sent: total(({ sent }) => sent),
    replied: total(({ replied }) => replied),
    bounced: total(({ bounced }) => bounced),
    unsubscribed: total(({ unsubscribed }) => unsubscribed),
    failedDrafts: total(({ failed }) => failed),
  };
}

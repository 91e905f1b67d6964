import { createRoute, z } from "@hono/zod-openapi";
import { countLive } from "../../../adapters/d1/attention.ts";
import { readDefinitions } from "../../../adapters/d1/cadence-versions.ts";
import type { MailboxRow } from "../../../adapters/d1/mailboxes.ts";
import { countCadencesOff, listTenantStandings, type TenantStandingRow } from "../../../adapters/d1/standings.ts";
import type { Tenant } from "../../../adapters/d1/tenant-db.ts";
import { readBlackoutDates, readTenant, type TenantRow } from "../../../adapters/d1/tenants.ts";
import type { CadenceVersion } from "../../../core/cadence.ts";
import { toTimestamp } from "../../../core/contract/common.ts";
import { TenantForecast } from "../../../core/contract/forecast.ts";
import { type Bounds, forecast } from "../../../core/forecast.ts";
import { dayAfter, dayIn, startOfDay } from "../../../core/schedule.ts";
import { rampCap } from "../../../core/sending-ramp.ts";
import { takenOf } from "../../../durable-objects/ask-daily-cap.ts";
import type { Api } from "../../api.ts";
import { json, needs, no, refusals } from "../../openapi/parts.ts";
import { problem } from "../../problem.ts";
import { mailboxesOf, mailboxRoomOf, toStanding } from "../cadences/forecast.ts";

const DAYS_MAX = 14;
/** As for one cadence: enrollments whose times lie in one such span are reckoned as one. */
const SPANS_MS = [3600_000, 24 * 3600_000] as const;
const STANDINGS_MAX = 2_000;
/** Each has a count of its own that is asked. */
const CADENCES_MAX = 200;

const query = z.strictObject({
  days: z.coerce.number().int().min(1).max(DAYS_MAX).default(7).meta({ description: "From today on." }),
});

const route = createRoute({
  method: "get",
  path: "/v1/forecast",
  operationId: "getTenantForecast",
  tags: ["Overview"],
  security: needs("cadences:read"),
  summary: "How many messages go out in the next days",
  description:
    "Of all cadences together, by mailbox and day, reckoned as that of one cadence. `assumes` says what it can't know. The index that it reads may be some seconds late.",
  request: { query },
  responses: {
    ...refusals,
    200: json(TenantForecast, "The forecast."),
    422: no("invalid_request"),
    503: no("unreadable"),
  },
});

/** GET /v1/forecast */
export function getTenantForecast(app: Api): void {
  app.openapi(route, async (c) => {
    const tenant = c.get("tenant");
    const { days: count } = c.req.valid("query");
    const now = Date.now();
    const row = await readTenant(tenant);
    const { timeZone } = row;
    const list = nextDays(dayIn(now, timeZone), count);
    const end = startOfDay(dayAfter(list.at(-1) ?? ""), timeZone);
    const [rows, live, cadencesOff] = await Promise.all([
      standingsOf(tenant, end),
      countLive(c.env.DB, tenant),
      countCadencesOff(tenant),
    ]);
    if (rows === null)
      return problem(c, "unreadable", "These enrollments stand too far apart to be reckoned with in one request.");
    const [{ versions, numbers }, mailboxes] = await Promise.all([
      versionsOf(c.env.DB, tenant, rows),
      mailboxesOf(tenant, rows),
    ]);
    const standings = rows.map((standing) => ({
      ...toStanding(standing, row, mailboxes, now),
      version: numbers.get(nameOf(standing)) ?? -1,
    }));
    const cadenceIds = [...new Set(rows.map(({ cadenceId }) => cadenceId))];
    const bounds = await boundsOf(c.env, tenant, cadenceIds, row, [...mailboxes.values()], list).catch(() => null);
    if (bounds === null) return problem(c, "unreadable", "A count doesn't answer right now. Try again.");
    const { days, putOff } = forecast(standings, versions, bounds, now, count);
    return c.json(
      {
        at: toTimestamp(now),
        timeZone,
        assumes: assumptions(row, cadencesOff, [...mailboxes.values()]),
        days: days.map(({ day, byMailbox }) => ({
          day,
          messages: Object.values(byMailbox).reduce((sum, messages) => sum + messages, 0),
          byMailbox: Object.entries(byMailbox).map(([id, messages]) => ({
            mailboxId: id === "" ? null : id,
            messages,
          })),
        })),
        putOff,
        active: live.active,
        leftOut: { paused: live.paused, held: live.held },
      },
      200,
    );
  });
}

function nextDays(today: string, count: number): readonly string[] {
  const list = [today];
  while (list.length < count) list.push(dayAfter(list.at(-1) ?? today));
  return list;
}

/** Null where there are too many of them even in the widest span, or in too many cadences. */
async function standingsOf(tenant: Tenant, before: number): Promise<readonly TenantStandingRow[] | null> {
  for (const span of SPANS_MS) {
    const rows = await listTenantStandings(tenant, before, span, STANDINGS_MAX + 1);
    if (rows.length <= STANDINGS_MAX)
      return new Set(rows.map(({ cadenceId }) => cadenceId)).size <= CADENCES_MAX ? rows : null;
  }
  return null;
}

function nameOf({ cadenceId, version }: { readonly cadenceId: string; readonly version: number }): string {
  return `${cadenceId} ${version}`;
}

/** Every cadence counts its versions from 1: among those of all they get numbers of their own. */
async function versionsOf(
  db: D1Database,
  tenant: Tenant,
  rows: readonly TenantStandingRow[],
): Promise<{ readonly versions: Record<number, CadenceVersion>; readonly numbers: ReadonlyMap<string, number> }> {
  const wanted = [...new Map(rows.map((row) => [nameOf(row), row])).values()];
  const found = await readDefinitions(
    db,
    tenant.tenantId,
    wanted.map(({ cadenceId, version }) => ({ cadenceId, version })),
  );
  return {
    versions: Object.fromEntries(found.map((definition, number) => [number, definition])),
    numbers: new Map(found.map(({ id, version }, number) => [nameOf({ cadenceId: id, version }), number])),
  };
}

async function boundsOf(
  env: Env,
  tenant: Tenant,
  cadenceIds: readonly string[],
  row: TenantRow,
  mailboxes: readonly MailboxRow[],
  days: readonly string[],
): Promise<Bounds> {
  const { timeZone } = row;
  const [today = ""] = days;
  const isNew = row.sendRamp === 1 && tenant.mode === "live";
  const taken = await Promise.all(
    // The tenant's own count is the same whichever cadence is asked about.
    cadenceIds.map((id, n) => takenOf(env, tenant.tenantId, id, today, isNew && n === 0)),
  );
  const ofTenant = taken[0]?.tenant ?? 0;
  const tenantRoom = days.flatMap((day) => {
    const cap = isNew ? rampCap(row.createdAt, startOfDay(day, timeZone), timeZone) : null;
    return cap === null ? [] : [[day, cap - (day === today ? ofTenant : 0)] as const];
  });
  return {
    timeZone,
    blackoutDates: readBlackoutDates(row.blackoutDates),
    takenToday: 0,
    takenBy: Object.fromEntries(cadenceIds.map((id, n) => [id, taken[n]?.cadence ?? 0])),
    tenantRoom: Object.fromEntries(tenantRoom),
    mailboxRoom: await mailboxRoomOf(env, row, mailboxes),
  };
}

function assumptions(tenant: TenantRow, cadencesOff: number, mailboxes: readonly MailboxRow[]): string[] {
  const off = mailboxes.filter(({ enabled }) => enabled === 0).map(({ email }) => email);
  return [
    "Nobody replies, is away, is suppressed or is enrolled anew, every condition holds, and the endpoints answer at once.",
    "Gaps between messages, and a mailbox's days where its zone isn't the tenant's, are reckoned with roughly.",
    ...(tenant.enabled === 1 ? [] : ["The tenant is switched off: nothing goes out before it is switched on."]),
    ...(cadencesOff === 0 ? [] : [`Cadences that are switched off are left out: ${cadencesOff}.`]),
    ...(off.length === 0
      ? []
      : [`Switched off, and nothing goes out by them before they are switched on: ${off.join(", ")}.`]),
  ];
}
